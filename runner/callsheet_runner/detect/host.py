"""Processors, memory and disk of this machine, or of the container that we are in."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import psutil

MB = 1024 * 1024


@dataclass(frozen=True)
class Host:
    """What jobs can share."""

    cpu_cores: int
    memory_mb: int
    disk_mb: int


def detect_host(work_dir: Path) -> Host:
    """Of this machine; `disk_mb` is what is free where jobs write."""
    there = next(path for path in (work_dir, *work_dir.parents) if path.exists())
    return Host(cpu_cores(), memory_mb(), shutil.disk_usage(there).free // MB)


def cpu_cores(root: Path = Path("/sys/fs/cgroup")) -> int:
    """Those that we may use: by affinity, and by a container's quota."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota = cgroup_cores(root)
    return max(1, min(usable, quota) if quota else usable)


def cgroup_cores(root: Path) -> int | None:
    """Whole cores of a quota, rounded down."""
    words = read_words(root / "cpu.max") or [
        *read_words(root / "cpu/cpu.cfs_quota_us"),
        *read_words(root / "cpu/cpu.cfs_period_us"),
    ]
    if len(words) != 2 or not all(word.isdigit() for word in words):
        return None
    return max(1, int(words[0]) // max(1, int(words[1])))


def memory_mb(root: Path = Path("/sys/fs/cgroup")) -> int:
    """The machine's memory, or a container's limit if that is less."""
    whole = psutil.virtual_memory().total
    for name in ("memory.max", "memory/memory.limit_in_bytes"):
        words = read_words(root / name)
        if words and words[0].isdigit():
            whole = min(whole, int(words[0]))
    return max(1, whole // MB)


def read_words(path: Path) -> list[str]:
    try:
        return path.read_text().split()
    except OSError:
        return []
