"""Reads an image file, told by its first bytes, so that a wrong suffix does no harm."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from callsheet_runner.child.stack.stack import Stack, stack_of
from callsheet_runner.errors import DependencyMissingError, InvalidInputsError, JobError
from callsheet_runner.job import Job


def read_stack(path: Path, job: Job) -> Stack:
    """What a function of an array library gets as `image`."""
    name, read = format_of(path)
    stack: Stack = guarded(name, path, lambda: read(path, job))
    if stack.array.size == 0:
        raise InvalidInputsError(f"{path.name} has no pixels: its shape is {stack.array.shape}")
    return stack


def read_numbers(path: Path, job: Job) -> Any:
    """The array of a file that is not `image`: of a .npy file as it is, of a picture as a stack."""
    name, read = format_of(path)
    if name == "npy":
        return guarded(name, path, lambda: load_npy(path, job))
    return guarded(name, path, lambda: read(path, job)).array


def guarded(name: str, path: Path, read: Callable[[], Any]) -> Any:
    try:
        return read()
    except (JobError, MemoryError):
        raise
    except ImportError as error:
        lacking = f"the package {error.name or error}, which this runner lacks: install callsheet-runner[images]"
        raise DependencyMissingError(f"reading a {name} file needs {lacking}") from error
    except Exception as error:  # Every decoder has exceptions of its own for broken files.
        raise InvalidInputsError(f"{path.name} is a broken {name} file: {error or type(error).__name__}") from error


def format_of(path: Path) -> tuple[str, Callable[[Path, Job], Stack]]:
    with path.open("rb") as file:
        start = file.read(8)
    found = next((format for signature, format in FORMATS.items() if start.startswith(signature)), None)
    if found is None:
        kinds = "a .npy array, PNG, JPEG, TIFF, or a zipped Zarr store"
        raise InvalidInputsError(f"{path.name} is none of {kinds}; it begins with the bytes {start.hex(' ') or '(none)'}")
    return found


def read_npy(path: Path, job: Job) -> Stack:
    values = load_npy(path, job)
    if values.ndim < 2:
        raise InvalidInputsError(f"{path.name} has the shape {values.shape}; an image has at least the axes y and x")
    return stack_of(values, "npy")


def load_npy(path: Path, job: Job) -> Any:
    import numpy

    from callsheet_runner.handlers.picture.memory_room import require_room

    require_room(job, path.stat().st_size * 2, "reading the array")
    values = numpy.load(path, allow_pickle=False)
    if values.dtype.kind not in "biufc":
        raise InvalidInputsError(f"{path.name} has elements of type {values.dtype}; numbers are needed")
    return values.astype(values.dtype.newbyteorder("="), copy=False)


def read_png(path: Path, job: Job) -> Stack:
    from callsheet_runner.handlers.picture.read_photo import read_png as read

    return picture(read(path, job, ""), "png")


def read_jpeg(path: Path, job: Job) -> Stack:
    from callsheet_runner.handlers.picture.read_photo import read_jpeg as read

    # A result is never JPEG, which would not keep its values.
    return picture(read(path, job, ""), "png")


def picture(pixels: Any, suffix: str) -> Stack:
    return stack_of(pixels[:, :, 0], suffix, "YX") if pixels.shape[2] == 1 else stack_of(pixels, suffix, "YXS")


def read_tiff(path: Path, job: Job) -> Stack:
    from callsheet_runner.child.stack.read_tiff_stack import read_tiff_stack as read

    return read(path, job)


def read_zarr(path: Path, job: Job) -> Stack:
    from callsheet_runner.child.stack.read_zarr_stack import read_zarr_stack as read

    return read(path, job)


#: First bytes → what the format is called, and what reads it. `+` is BigTIFF.
FORMATS: dict[bytes, tuple[str, Callable[[Path, Job], Stack]]] = {
    b"\x93NUMPY": ("npy", read_npy),
    b"\x89PNG\r\n\x1a\n": ("PNG", read_png),
    b"\xff\xd8\xff": ("JPEG", read_jpeg),
    b"II*\0": ("TIFF", read_tiff),
    b"MM\0*": ("TIFF", read_tiff),
    b"II+\0": ("TIFF", read_tiff),
    b"MM\0+": ("TIFF", read_tiff),
    b"PK\x03\x04": ("zipped Zarr", read_zarr),
}
