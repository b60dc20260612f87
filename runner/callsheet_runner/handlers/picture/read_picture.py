"""Reads PNG, JPEG and TIFF into one form."""

import warnings
from pathlib import Path

from callsheet_runner.errors import InvalidInputsError, JobError
from callsheet_runner.handlers.picture.memory_room import Leased
from callsheet_runner.handlers.picture.picture import Picture
from callsheet_runner.handlers.picture.read_photo import read_jpeg, read_png
from callsheet_runner.handlers.picture.read_tiff import read_tiff

#: The first bytes of each format, so that a wrong suffix or media type does no harm. `+` is BigTIFF.
FORMATS = {
    b"\x89PNG\r\n\x1a\n": ("PNG", read_png),
    b"\xff\xd8\xff": ("JPEG", read_jpeg),
    b"II*\0": ("TIFF", read_tiff),
    b"MM\0*": ("TIFF", read_tiff),
    b"II+\0": ("TIFF", read_tiff),
    b"MM\0+": ("TIFF", read_tiff),
}


def read_picture(path: Path, job: Leased, stack: str = "max") -> Picture:
    """Reads a picture, upright and in sRGB. `stack` says what becomes of several planes (see `project_stack`).

    What is no picture, is broken, or has pixels that are neither 8 nor 16 bits a channel is refused as an invalid input.
    """
    with path.open("rb") as file:
        start = file.read(8)
    found = next((format for signature, format in FORMATS.items() if start.startswith(signature)), None)
    if found is None:
        raise InvalidInputsError(f"image is neither PNG, JPEG nor TIFF; it begins with the bytes {start.hex(' ') or '(none)'}")
    name, read = found
    try:
        with warnings.catch_warnings():
            # What decoders find odd is no matter of the run's log, unless they give up.
            warnings.simplefilter("ignore")
            return Picture(read(path, job, stack))
    except (JobError, MemoryError):
        raise
    except Exception as error:  # Every decoder has exceptions of its own for broken files.
        raise InvalidInputsError(f"image is a broken {name} file: {error or type(error).__name__}") from error
