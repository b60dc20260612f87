"""Runners as processes of their own."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

from local_registry import LocalRegistry

CALLABLES = Path(__file__).parent / "job_callables.py"
TOKEN = "runner-token-7f3a"


class RunnerProcess:
    """`callsheet-runner run`, as its operator starts it."""

    def __init__(self, registry: LocalRegistry, work_dir: Path, *options: str, token: str = TOKEN, path: str | None = None) -> None:
        self.log = work_dir.with_suffix(".log")
        environment = {**os.environ, "CALLSHEET_RUNNER_TOKEN": token}
        if path is not None:
            environment["PATH"] = path
        command = [sys.executable, "-m", "callsheet_runner", "run", "--url", registry.url, "--work-dir", str(work_dir)]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([*command, *options], env=environment, stdout=log, stderr=log, cwd="/")

    def runner_id(self) -> str:
        path = self.log.with_suffix("") / "runner.json"
        return str(json.loads(path.read_text())["runner_id"]) if path.exists() else "none"

    def text(self) -> str:
        return self.log.read_text()

    async def ended(self, seconds: float = 30.0) -> int:
        return await asyncio.wait_for(asyncio.to_thread(self.process.wait), seconds)

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()


class StartRunner:
    """Starts runners that end with their test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work_dir = folder / "work"
        self.started: list[RunnerProcess] = []

    def __call__(self, registry: LocalRegistry, *options: str, **more: str) -> RunnerProcess:
        handlers = [f"--handler={name}={CALLABLES}:{name}" for name in handler_names()]
        made = RunnerProcess(registry, self.work_dir, "--no-shipped-handlers", *handlers, *options, **more)
        self.started.append(made)
        return made


def handler_names() -> list[str]:
    return [line[4:].partition("(")[0] for line in CALLABLES.read_text().splitlines() if line.startswith("def ")]
