"""Calls a function of a source as a job's process does, in this process."""

import hashlib
from pathlib import Path
from typing import Any

from callsheet_runner.child.call_function import Signature, call_function
from callsheet_runner.child.load_source import load_source
from callsheet_runner.job import Job


class FunctionCaller:
    """`call` answers the outputs, with files as paths. `said`: what the job told its runner."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output_dir = folder / "output"
        self.output_dir.mkdir(exist_ok=True)
        self.said: list[dict[str, Any]] = []
        self._count = 0

    def keep(self, path: Path) -> str:
        """The digest by which inputs name a file."""
        return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"

    def call(
        self,
        code: str,
        inputs: dict[str, Any] | None = None,
        *,
        entry: str = "main",
        runtime: str = "python",
        shape: str = "value",
        names: list[str] | None = None,
        fields: dict[str, Any] | None = None,
        files: list[Path] | None = None,
    ) -> dict[str, Any]:
        self._count += 1
        source = self.folder / f"source-{self._count}.py"
        source.write_text(code)
        names = names or {"image": ["image"], "value": ["result"], "nothing": []}.get(shape, list(fields or {}))
        job = Job(output_dir=self.output_dir, send=self.said.append)
        paths = {self.keep(file): str(file) for file in files or []}
        return call_function(load_source(source, entry), Signature(runtime, shape, names), inputs or {}, paths, job, fields or {})

    def value(self, code: str, **more: Any) -> Any:
        """The one output of a function whose result is one value."""
        return self.call(code, **more)["result"]

    def image(self, code: str, file: Path, runtime: str = "numpy", **inputs: Any) -> Path:
        """The file of the output `image`."""
        path = self.call(code, {"image": self.keep(file), **inputs}, runtime=runtime, shape="image", fields=IMAGE, files=[file])["image"]
        assert isinstance(path, Path)
        return path


#: What analysis declares for the result of an array function.
IMAGE = {"image": {"type": "file", "format": ["npy", "tif", "tiff", "png"]}}
