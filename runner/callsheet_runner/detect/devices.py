"""Accelerators of this machine: by NVML, else by nvidia-smi, else none."""

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MB = 1024 * 1024


@dataclass(frozen=True)
class FoundDevice:
    """One device. `uuid` chooses it for a job, `minor` is the number of its node /dev/nvidiaN."""

    index: int
    name: str
    vram_mb: int
    compute_capability: str | None
    uuid: str
    minor: int | None


@dataclass(frozen=True)
class Use:
    """What of a device's memory is taken: in all, and by each process where the driver tells."""

    used_mb: int
    by_process_mb: dict[int, int]


def detect_devices() -> list[FoundDevice]:
    """All NVIDIA devices that the driver shows us."""
    with contextlib.suppress(NoNvml), nvml() as library:
        return [by_nvml(library, index) for index in range(library.nvmlDeviceGetCount())]
    return parse_smi(ask_smi("index,name,memory.total,compute_cap,uuid"))


def device_use() -> dict[int, Use]:
    """What is taken of each device, by index. Empty where nobody can tell."""
    with contextlib.suppress(NoNvml), nvml() as library:
        return {index: use_by_nvml(library, index) for index in range(library.nvmlDeviceGetCount())}
    rows = [row.split(", ") for row in ask_smi("index,memory.used").splitlines()]
    return {int(row[0]): Use(int(row[1]), {}) for row in rows if len(row) == 2 and row[0].isdigit() and row[1].isdigit()}


def device_nodes(device: FoundDevice) -> list[Path]:
    """What a job's sandbox must show for one device, and for that one only."""
    minor = device.index if device.minor is None else device.minor
    names = [f"nvidia{minor}", "nvidiactl", "nvidia-uvm", "nvidia-uvm-tools", "nvidia-modeset", "nvidia-caps"]
    return [path for name in names if (path := Path("/dev") / name).exists()]


class NoNvml(Exception):
    """There is no NVML here."""


@contextlib.contextmanager
def nvml() -> Iterator[Any]:
    try:
        import pynvml
    except ImportError as error:
        raise NoNvml from error
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError as error:
        raise NoNvml from error
    try:
        yield pynvml
    finally:
        pynvml.nvmlShutdown()


def by_nvml(library: Any, index: int) -> FoundDevice:
    handle = library.nvmlDeviceGetHandleByIndex(index)
    major, minor = library.nvmlDeviceGetCudaComputeCapability(handle)
    return FoundDevice(
        index=index,
        name=str(library.nvmlDeviceGetName(handle)),
        vram_mb=int(library.nvmlDeviceGetMemoryInfo(handle).total) // MB,
        compute_capability=f"{major}.{minor}",
        uuid=str(library.nvmlDeviceGetUUID(handle)),
        minor=int(library.nvmlDeviceGetMinorNumber(handle)),
    )


def use_by_nvml(library: Any, index: int) -> Use:
    handle = library.nvmlDeviceGetHandleByIndex(index)
    processes = library.nvmlDeviceGetComputeRunningProcesses(handle)
    by_process = {int(one.pid): int(one.usedGpuMemory) // MB for one in processes if one.usedGpuMemory}
    return Use(int(library.nvmlDeviceGetMemoryInfo(handle).used) // MB, by_process)


def ask_smi(what: str) -> str:
    program = shutil.which("nvidia-smi")
    if program is None:
        return ""
    try:
        command = [program, f"--query-gpu={what}", "--format=csv,noheader,nounits"]
        return subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return ""


def parse_smi(told: str) -> list[FoundDevice]:
    """Rows of `index, name, memory.total, compute_cap, uuid`."""
    devices = []
    for row in told.splitlines():
        cells = [cell.strip() for cell in row.split(",")]
        if len(cells) != 5 or not cells[0].isdigit() or not cells[2].isdigit():
            continue
        capability = cells[3] if cells[3].replace(".", "", 1).isdigit() else None
        devices.append(FoundDevice(int(cells[0]), cells[1], int(cells[2]), capability, cells[4], None))
    return devices
