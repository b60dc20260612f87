"""The last fences around a job, set by its own process before any code of others is loaded."""

import contextlib
import ctypes
import os
import resource
import signal
from typing import Any

from callsheet_runner.child.forbid_calls import forbid_calls

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4


def limit_process(limits: dict[str, Any], parent_pid: int | None) -> None:
    """Applies limits that cannot be raised again. `parent_pid`: of the runner, when there is no sandbox that ends with it."""
    if parent_pid is not None:
        die_with(parent_pid)
    # Should memory get short, the kernel takes the job and not the runner.
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
        score.write("1000")
    # When processors get short, heartbeats go first.
    os.nice(5)
    if limits.get("uid") is not None:
        become(limits["uid"])
    lower(resource.RLIMIT_CORE, 0)
    lower(resource.RLIMIT_CPU, limits.get("cpu_seconds"))
    lower(resource.RLIMIT_FSIZE, limits.get("file_bytes"))
    lower(resource.RLIMIT_DATA, limits.get("data_bytes"))
    if hasattr(resource, "RLIMIT_NPROC"):
        lower(resource.RLIMIT_NPROC, limits.get("threads"))
    os.umask(0o022)
    if parent_pid is None:
        forbid_calls()


def die_with(parent_pid: int) -> None:
    """The kernel kills this process when its runner ends, however that ends."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent_pid:
        os._exit(1)


def become(uid: int) -> None:
    """Gives up root for a user of this job alone, whose processes the kernel counts."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    # Its own /proc/self would be closed to it, which device libraries read.
    prctl(PR_SET_DUMPABLE, 1)


def prctl(option: int, value: int) -> None:
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def lower(which: int, most: int | None) -> None:
    """Sets a limit for good; one that is lower already stays."""
    if most is None:
        return
    _, hard = resource.getrlimit(which)
    value = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (value, value))
