"""Ends what a job started and left behind."""

import asyncio
import contextlib
import os
import signal
import time

import psutil


async def end_namespace(pidfd: int) -> None:
    """Kills the first process of a namespace, and with it all others; returns when the kernel has ended them all."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)
    loop = asyncio.get_running_loop()
    gone = asyncio.Event()
    loop.add_reader(pidfd, gone.set)
    try:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(gone.wait(), 10)
    finally:
        loop.remove_reader(pidfd)
        os.close(pidfd)


def end_strays(marker: str) -> int:
    """Kills every process whose environment carries `CALLSHEET_JOB={marker}…`; tells how many there were."""
    found = [process for process in psutil.process_iter() if carries(process, marker)]
    for process in found:
        with contextlib.suppress(psutil.Error):
            process.kill()
    deadline = time.monotonic() + 5
    while any(is_alive(process) for process in found) and time.monotonic() < deadline:
        time.sleep(0.01)
    return len(found)


def is_alive(process: psutil.Process) -> bool:
    """A zombie is not: whoever adopted it may never ask for it."""
    with contextlib.suppress(psutil.Error):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def carries(process: psutil.Process, marker: str) -> bool:
    with contextlib.suppress(psutil.Error, OSError):
        return process.pid != os.getpid() and process.environ().get("CALLSHEET_JOB", "").startswith(marker)
    return False
