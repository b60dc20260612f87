"""Whether a picture fits into the memory that the job was leased: asked before, since afterwards the process is dead."""

from typing import Protocol

from callsheet_runner.errors import InvalidInputsError, OutOfMemoryError

#: The interpreter and the packages that a handler imports.
PROGRAM_BYTES = 320 * 1024 * 1024
#: No picture may have more pixels, whatever the memory: 16384 x 16384, the largest that the templates name. A file of some kilobytes
#: can claim any size.
MOST_PIXELS = 1 << 28


class Leased(Protocol):
    """The part of a job that says what it may use."""

    memory_mb: int


def require_size(width: int, height: int, planes: int = 1) -> None:
    """Refuses pictures that are empty or absurdly large."""
    if width < 1 or height < 1 or planes < 1:
        raise InvalidInputsError(f"image has no pixels: it is {width} x {height}, in {planes} planes")
    if width * height * planes > MOST_PIXELS:
        of = "" if planes == 1 else f" in {planes} planes"
        raise InvalidInputsError(f"image is {width} x {height}{of}; at most {MOST_PIXELS} pixels are taken (16384 x 16384)")


def require_room(job: Leased, needed_bytes: int, what: str) -> None:
    """Fails with the memory that `what` asks for when the job has less; the run is then tried again with more."""
    room = job.memory_mb * 1024 * 1024 - PROGRAM_BYTES
    if needed_bytes > room:
        needed_mb = (needed_bytes + PROGRAM_BYTES) // (1024 * 1024)
        raise OutOfMemoryError(f"{what} needs about {needed_mb} MB; the job has {job.memory_mb} MB")
