"""Watches what a job takes, and says when that is too much."""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path

from callsheet_runner.outcome import Failed
from callsheet_runner.process_tree import MB, proportional_mb, taken_by

#: Memory can be filled at some GB a second: rather often.
POLL_SECONDS = 0.1
DISK_EVERY = 10


@dataclass(frozen=True)
class Bounds:
    """What a job may take."""

    seconds: float
    memory_mb: int
    processes: int
    disk_mb: int
    #: The folder whose size counts.
    folder: Path


async def watch_process(pid: int, bounds: Bounds) -> Failed:
    """Returns once a bound is passed; until then it watches."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + bounds.seconds
    turn = 0
    while True:
        await asyncio.sleep(min(POLL_SECONDS, max(0.0, deadline - loop.time())))
        if loop.time() >= deadline:
            return Failed("permanent", "timed_out", f"the job ran longer than its timeout of {bounds.seconds:g} s")
        taken = taken_by(pid)
        if taken.memory_mb > bounds.memory_mb:
            # Pages that forked processes share were counted several times.
            memory_mb = await asyncio.to_thread(proportional_mb, pid)
            if memory_mb > bounds.memory_mb:
                message = f"the job took {memory_mb} MB of memory; {bounds.memory_mb} MB are its own (requirements.resources.memory_gb)"
                return Failed("resource", "out_of_memory", message)
        if taken.processes > bounds.processes:
            return Failed("permanent", "handler_error", f"the job started more than {bounds.processes} processes")
        turn += 1
        if turn % DISK_EVERY == 0:
            disk_mb = await asyncio.to_thread(folder_mb, bounds.folder, bounds.disk_mb)
            if disk_mb > bounds.disk_mb:
                message = f"the job wrote more than {bounds.disk_mb} MB to disk (requirements.resources.disk_gb)"
                return Failed("permanent", "handler_error", message)


def folder_mb(folder: Path, enough_mb: int) -> int:
    """What lies in a folder, as the disk counts; stops counting when it is more than `enough_mb`."""
    total, todo = 0, [str(folder)]
    while todo and total <= (enough_mb + 1) * MB:
        try:
            with os.scandir(todo.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        todo.append(entry.path)
                    else:
                        total += entry.stat(follow_symlinks=False).st_blocks * 512
        except OSError:
            continue
    return total // MB
