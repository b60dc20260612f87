"""What a handler gets beside its inputs: `def resize(inputs: dict, job: Job) -> dict | list[dict]`."""

import math
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from callsheet_runner.errors import ModelMissingError

#: Suffixes under which a model may lie in the model directory.
MODEL_SUFFIXES = (".safetensors", ".ckpt", ".pt", ".pth", ".bin", ".onnx", ".gguf")


class Job:
    """One job, as its handler sees it. File inputs are `pathlib.Path`s; file outputs are paths below `output_dir`."""

    def __init__(
        self,
        *,
        run_id: str = "",
        attempt: int = 1,
        name: str = "",
        version: str = "",
        handler: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        quality: str | None = None,
        device: str = "cpu",
        device_index: int | None = None,
        cpu_cores: int = 1,
        memory_mb: int = 2048,
        vram_mb: int = 0,
        output_dir: Path,
        models_dir: Path | None = None,
        send: Callable[[dict[str, Any]], None] | None = None,
    ) -> None:
        self.run_id = run_id
        #: Counts from 1.
        self.attempt = attempt
        #: Of the template or function, and its version.
        self.name = name
        self.version = version
        self.handler = handler
        #: What the chosen quality preset hands to the handler.
        self.parameters: dict[str, Any] = dict(parameters or {})
        #: Name of the chosen quality preset.
        self.quality = quality
        #: As torch calls it: `cuda`, `mps` or `cpu`. Only the leased device can be seen, so it is always the first.
        self.device = device
        #: Which of the runner's devices that is; None for a job that uses none.
        self.device_index = device_index
        #: What the job was leased: more is stopped.
        self.cpu_cores = cpu_cores
        self.memory_mb = memory_mb
        self.vram_mb = vram_mb
        #: Where file outputs are written.
        self.output_dir = output_dir
        #: The runner's `--models`; None when it was started without.
        self.models_dir = models_dir
        self._send = send

    def output_path(self, name: str) -> Path:
        """A path in `output_dir` for a file output called `name` (`image.png`, `frames/001.png`)."""
        path = self.output_dir / name
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise ValueError(f"an output's name is a relative path without '..'; got {name!r}")
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def report(self, stage: str, fraction: float, message: str | None = None, preview: Path | str | None = None) -> None:
        """Tells how far the job is: `fraction` of `stage`, 0 to 1. `preview`: a small picture in `output_dir`."""
        number = float(fraction)
        if math.isnan(number):
            raise ValueError("a fraction is a number from 0 to 1; got nan")
        self._tell(
            {
                "type": "progress",
                "stage": str(stage),
                "fraction": min(1.0, max(0.0, number)),
                "message": None if message is None else str(message),
                "preview": None if preview is None else self._relative(Path(preview)),
            }
        )

    def log(self, message: object) -> None:
        """Adds a line to the run's log. What a handler prints gets there too."""
        self._tell({"type": "log", "text": str(message)})

    def model_path(self, name: str) -> Path:
        """Where the model `name` lies: a folder, or a file with one of the usual suffixes."""
        if self.models_dir is None:
            raise ModelMissingError(f"model {name} is needed; this runner was started without --models")
        whole = self.models_dir / name
        # The hub's cache calls the folder of `owner/name` so, with one folder a revision.
        hub = self.models_dir / f"models--{name.replace('/', '--')}" / "snapshots"
        candidates = [whole, *(Path(f"{whole}{suffix}") for suffix in MODEL_SUFFIXES), *sorted(hub.glob("*"), reverse=True)]
        for candidate in candidates:
            if candidate.exists():
                return candidate
        raise ModelMissingError(f"model {name} is needed; {self.models_dir} has no file or folder of that name")

    def _relative(self, path: Path) -> str:
        absolute = path if path.is_absolute() else self.output_dir / path
        if not absolute.is_relative_to(self.output_dir):
            raise ValueError(f"a preview is a file in job.output_dir; got {path}")
        return absolute.relative_to(self.output_dir).as_posix()

    def _tell(self, message: dict[str, Any]) -> None:
        if self._send is not None:
            self._send(message)
        elif message["type"] == "log":
            print(message["text"], file=sys.stderr)
