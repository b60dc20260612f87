"""The command line, the environment and the bounds of one job's process."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from callsheet_runner.detect.devices import device_nodes
from callsheet_runner.job_directory import INSIDE, JobDirectory
from callsheet_runner.job_process import Command
from callsheet_runner.lease import lease_of
from callsheet_runner.process_watch import Bounds
from callsheet_runner.sandbox.bubblewrap import Sandbox, View, sandbox_arguments
from callsheet_runner.tools import Tools
from callsheet_runner.wire import JobOffer

MB = 1024 * 1024
MOST_PROCESSES = 128
#: The kernel counts threads too, of which libraries start one or more for each core.
MOST_THREADS = 256
THREADS_A_CORE = 32
#: Started with -I: neither the environment nor the folder we stand in change what is imported.
BOOT = "import sys; sys.path.append(sys.argv[3]); from callsheet_runner.child.do_job import main; main()"
PACKAGE_ROOT = Path(__file__).resolve().parents[1]
#: Passed on, since without them libraries may not be found. None of them is a secret.
PASSED = ("LD_LIBRARY_PATH", "TZ", "CUDA_HOME", "CUDA_PATH", "ROCM_PATH", "NIX_LD", "NIX_LD_LIBRARY_PATH")


class JobPlan:
    """How one job is done: in which folder, in a sandbox or not, on which device."""

    def __init__(self, tools: Tools, offer: JobOffer, slot: int) -> None:
        self._tools = tools
        self._offer = offer
        is_chosen = offer.source is None and tools.settings.handlers_outside_sandbox
        self.sandbox: Sandbox | None = None if is_chosen else tools.sandbox
        self.uid = self.sandbox.uid_of_slot(slot) if self.sandbox else None
        self.directory = JobDirectory(tools.work_dir.jobs / lease_of(offer).file_name())
        self._device = next((device for device in tools.devices if device.index == offer.device), None)

    def seen(self, path: Path) -> str:
        """How the job sees a path of its folder."""
        return str(INSIDE / path.relative_to(self.directory.root)) if self.sandbox else str(path)

    def write_spec(self, target: str, inputs: dict[str, Any], files: dict[str, Path], fields: dict[str, Any]) -> None:
        """Writes job.json: all that the job's process is told."""
        offer, models_dir = self._offer, self._tools.settings.models_dir
        spec = {
            "job": {
                "run_id": offer.run_id,
                "attempt": offer.attempt,
                "name": offer.name,
                "version": offer.version,
                "handler": offer.handler,
                "parameters": offer.parameters,
                "quality": offer.quality,
                "device": "cpu" if offer.device is None else "cuda",
                "device_index": offer.device,
                "cpu_cores": offer.needs.cpu_cores,
                "memory_mb": offer.needs.memory_mb,
                "vram_mb": offer.needs.vram_mb,
            },
            "target": target,
            "function": self._function(),
            "inputs": inputs,
            "files": {digest: self.seen(path) for digest, path in files.items()},
            "outputs": fields,
            "output_dir": self.seen(self.directory.output),
            "models_dir": None if models_dir is None else "/models" if self.sandbox else str(models_dir),
            "sys_path": [entry for entry in sys.path if entry],
            "parent_pid": None if self.sandbox else os.getpid(),
            "limits": self._limits(),
        }
        self.directory.file.write_text(json.dumps(spec))

    @property
    def source_file(self) -> Path:
        """Where a function's source lies."""
        return self.directory.inputs / "source" / "function.py"

    def _function(self) -> dict[str, Any] | None:
        source = self._offer.source
        if source is None:
            return None
        called = {"path": self.seen(self.source_file), "entry": source.entry, "runtime": source.runtime}
        return {**called, "shape": source.returns.shape, "names": source.returns.names}

    def _limits(self) -> dict[str, int | None]:
        needs = self._offer.needs
        # Device libraries map far more than they use.
        data_bytes = None if self._offer.device is not None else (needs.memory_mb * 2 + 2048) * MB
        return {
            "uid": self.uid,
            "cpu_seconds": self._offer.timeout_seconds * needs.cpu_cores + 60,
            "file_bytes": self._disk_mb() * MB,
            "data_bytes": data_bytes,
            "threads": MOST_THREADS + THREADS_A_CORE * needs.cpu_cores if self._counts_threads() else None,
        }

    def _counts_threads(self) -> bool:
        """Whether a limit of threads would count this job's alone."""
        return self.sandbox is not None and (self.uid is not None or counts_by_namespace())

    def bounds(self) -> Bounds:
        """What the job may take."""
        offer = self._offer
        folder = self.directory.root
        return Bounds(offer.timeout_seconds, offer.needs.memory_mb, MOST_PROCESSES, self._disk_mb(), folder)

    def _disk_mb(self) -> int:
        return max(self._offer.needs.disk_mb, self._tools.settings.job_disk_mb)

    def command(self, readable: list[Path]) -> Command:
        """What to start. `readable`: what the handler's code needs beside Python's own paths."""
        environment = self._environment()
        program = [sys.executable, "-I", "-B", "-u", "-c", BOOT, self.seen(self.directory.file)]
        marker = f"{self._tools.runner_id}/{lease_of(self._offer).file_name()}"

        def arguments(channel_fd: int, info_fd: int | None) -> list[str]:
            command = [*program, str(channel_fd), str(PACKAGE_ROOT)]
            if self.sandbox is None:
                return command
            settings = self._tools.settings
            view = View(
                directory=self.directory,
                models_dir=settings.models_dir,
                readable=[*readable, *settings.sandbox_read],
                hidden=[self._tools.work_dir.root],
                device_nodes=device_nodes(self._device) if self._device else [],
                environment={**environment, "CALLSHEET_JOB": marker},
            )
            return [*sandbox_arguments(self.sandbox, view, info_fd), "--", *command]

        return Command(arguments, environment, self.sandbox is not None, marker)

    def _environment(self) -> dict[str, str]:
        """Nothing of ours but what is named here."""
        cores = str(self._offer.needs.cpu_cores)
        tmp = "/tmp" if self.sandbox else str(self.directory.tmp)
        named = (*PASSED, *self._tools.settings.sandbox_env)
        return {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": tmp,
            "TMPDIR": tmp,
            "XDG_CACHE_HOME": tmp,
            "MPLCONFIGDIR": tmp,
            "LANG": "C.UTF-8",
            # One job of several: it leaves the others their cores.
            **{name: cores for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_MAX_THREADS")},
            # jax and tensorflow count cores themselves.
            **{name: cores for name in ("NPROC", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")},
            # They take no more of a device than they use, which may be leased to others too.
            "XLA_PYTHON_CLIENT_PREALLOCATE": "false",
            "TF_FORCE_GPU_ALLOW_GROWTH": "true",
            **({} if self._device else {"JAX_PLATFORMS": "cpu"}),
            # There is no network to look for newer weights.
            "HF_HUB_OFFLINE": "1",
            "TRANSFORMERS_OFFLINE": "1",
            "CUDA_DEVICE_ORDER": "PCI_BUS_ID",
            "CUDA_VISIBLE_DEVICES": self._device.uuid if self._device else "",
            **{name: os.environ[name] for name in named if name in os.environ},
        }


def counts_by_namespace() -> bool:
    """Since Linux 5.14 processes are counted for each user namespace; before, all of our user's on the machine count."""
    major, minor = (int("".join(filter(str.isdigit, part)) or 0) for part in os.uname().release.split(".")[:2])
    return (major, minor) >= (5, 14)
