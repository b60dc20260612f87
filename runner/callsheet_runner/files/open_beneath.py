"""Opens what a job made, without following it anywhere else."""

import os
import stat
from pathlib import Path


def open_beneath(folder: Path, relative: str) -> int:
    """A file descriptor of `relative` below `folder`. Links, pipes and devices are refused: a job may point them at this machine."""
    parts = [part for part in relative.split("/") if part not in ("", ".")]
    if not parts or ".." in parts or relative.startswith("/"):
        raise OSError(f"{relative} is no path below the output folder")
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        for index, part in enumerate(parts):
            is_last = index == len(parts) - 1
            flags = os.O_NONBLOCK if is_last else os.O_DIRECTORY
            inner = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | flags, dir_fd=fd)
            os.close(fd)
            fd = inner
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise OSError(f"{relative} is no regular file")
        return fd
    except BaseException:
        os.close(fd)
        raise
