"""What a job's processes take, all of them together."""

import contextlib
from dataclasses import dataclass

import psutil

MB = 1024 * 1024


@dataclass(frozen=True)
class Taken:
    """Of a process and all that descend from it."""

    memory_mb: int
    processes: int


def taken_by(pid: int) -> Taken:
    """What `pid` and its descendants take now. Nothing, once they are gone."""
    members = tree_of(pid)
    return Taken(sum(resident(member) for member in members) // MB, len(members))


def proportional_mb(pid: int) -> int:
    """As `taken_by`, but memory that several processes share counts once. Slower: for when it matters."""
    return sum(proportional(member) for member in tree_of(pid)) // MB


def tree_of(pid: int) -> list[psutil.Process]:
    try:
        top = psutil.Process(pid)
        return [top, *top.children(recursive=True)]
    except psutil.Error:
        return []


def resident(process: psutil.Process) -> int:
    with contextlib.suppress(psutil.Error):
        return int(process.memory_info().rss)
    return 0


def proportional(process: psutil.Process) -> int:
    with contextlib.suppress(psutil.Error, AttributeError):
        return int(process.memory_full_info().pss)
    return resident(process)
