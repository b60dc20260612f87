"""Does single jobs in this process, against a local registry, in a chosen sandbox."""

from pathlib import Path
from typing import Any

import pytest
from local_registry import LocalRegistry
from runner_process import CALLABLES, handler_names

from callsheet_runner.do_lease import do_lease
from callsheet_runner.files.cache import FileCache
from callsheet_runner.files.download import Downloads
from callsheet_runner.files.transfer import Transfer
from callsheet_runner.files.upload import Uploads
from callsheet_runner.handler_table import Handler
from callsheet_runner.message import Message
from callsheet_runner.outbox import Report
from callsheet_runner.sandbox.bubblewrap import Sandbox
from callsheet_runner.settings import Settings
from callsheet_runner.tools import Tools
from callsheet_runner.wire import JobOffer
from callsheet_runner.work_dir import WorkDir


class JobBench:
    """`said` has what the job said while it ran."""

    def __init__(self, registry: LocalRegistry, folder: Path, sandbox: Sandbox | None, **settings: Any) -> None:
        self.registry = registry
        self.work_dir = WorkDir(folder / "work")
        self.work_dir.open()
        self.transfer = Transfer(registry.url)
        cache = FileCache(self.work_dir.files, 1 << 30)
        self.tools = Tools(
            settings=Settings(work_dir=self.work_dir.root, token="secret-of-the-runner", **settings),
            work_dir=self.work_dir,
            runner_id=self.work_dir.runner_id(),
            handlers={name: Handler(f"{CALLABLES}:{name}", CALLABLES) for name in handler_names()},
            devices=[],
            sandbox=sandbox,
            cache=cache,
            downloads=Downloads(cache, self.transfer),
            uploads=Uploads(self.transfer),
        )
        self.said: list[Message] = []

    def offer(self, **changes: Any) -> JobOffer:
        return JobOffer.model_validate(self.registry.offer(**changes))

    async def do(self, slot: int = 0, **changes: Any) -> Report:
        return await do_lease(self.tools, self.offer(**changes), slot, self.said.append)

    async def do_code(self, code: str, **changes: Any) -> Report:
        """As `do`, for user code with a function `main`, which returns a mapping of its outputs unless `returns` says otherwise."""
        needs = {"sandbox": True, **changes.pop("needs", {})}
        returns = changes.pop("returns", {"names": list(changes.get("outputs", {}))})
        source = self.registry.source(code, changes.pop("entry", "main"), changes.pop("runtime", "python"), **returns)
        return await self.do(handler=None, kind="function", source=source, needs=needs, **changes)

    async def do_handler(self, code: str, **changes: Any) -> Report:
        """As `do`, for a handler `main` of a file of its own."""
        file = self.work_dir.root.parent / "handler.py"
        file.write_text(code)
        self.tools.handlers["main"] = Handler(f"{file}:main", file)
        return await self.do(handler="main", **changes)

    async def close(self) -> None:
        """A test run has hundreds of these, and only so many open files."""
        await self.transfer.close()
        self.work_dir.close()

    def lines(self) -> list[str]:
        return [line for message in self.said if message.type == "log" for line in message.lines]  # type: ignore[attr-defined]


#: A runner that is root, and one that is not; the other tests take what this machine gives.
both = pytest.mark.parametrize("mode", ["own_user", "user_namespace"])


def told(report: Any) -> tuple[str, str, str]:
    """What a failure is called."""
    return report.type, report.class_, report.code
