"""Says of a failed allocation what was too large."""

from collections.abc import Iterator
from contextlib import contextmanager

from callsheet_runner.errors import OutOfMemoryError, OutOfVramError
from callsheet_runner.job import Job


@contextmanager
def told_as_out_of_memory(job: Job, what: str) -> Iterator[None]:
    """Within it, torch's complaint about memory becomes the failure that lets a run go where there is more."""
    try:
        yield
    except RuntimeError as error:
        # torch.OutOfMemoryError on devices, a plain RuntimeError on the host.
        if type(error).__name__ != "OutOfMemoryError" and "memory" not in str(error):
            raise
        first_line = str(error).partition("\n")[0]
        if job.device == "cpu":
            raise OutOfMemoryError(f"{what} needs more memory than the job's {job.memory_mb} MB: {first_line}") from error
        raise OutOfVramError(f"{what} needs more device memory than was free (the job has {job.vram_mb} MB): {first_line}") from error
