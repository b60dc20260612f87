"""Every trick of test/analyzer/bypass for real, as if analysis had let it pass: sandboxed it leaves no proof, and alone it does."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bypass_machine import BypassMachine, bypass_machine
from bypass_tricks import Trick, tricks
from job_bench import JobBench
from local_registry import LocalRegistry

from callsheet_runner.sandbox.bubblewrap import Sandbox

pytestmark = pytest.mark.anyio

ALL = tricks()
WANTS = {"file", "process", "network", "environment", "code"}
each = pytest.mark.parametrize("trick", ALL, ids=lambda trick: trick.name)


def test_there_are_enough_of_each_kind() -> None:
    assert len(ALL) >= 45 and {trick.wants for trick in ALL} == WANTS


@each
async def test_the_sandbox_contains_it(trick: Trick, registry: LocalRegistry, sandbox: Sandbox, tmp_path: Path) -> None:
    async with bypass_machine(tmp_path) as machine:
        bench = JobBench(registry, tmp_path, sandbox)
        (bench.work_dir.root / "token").write_text("secret-of-the-runner")
        report = await bench.do(
            handler=None,
            kind="function",
            needs={"sandbox": True},
            source=registry.source(trick.code(), "trick", shape="value", names=["result"]),
            inputs={name: machine.given[name] for name in trick.parameters()},
            outputs={"result": {"type": "file" if trick.returns_file() else "string"}},
        )
        await bench.close()
        # What the code itself says is no file of the run.
        uploaded = [content.decode(errors="replace") for content in registry.files.values() if content != trick.path.read_bytes()]
        told = "\n".join([report.model_dump_json(), *bench.lines(), *uploaded])
        others = {message.run_id for message in bench.said} - {report.run_id}
        await asyncio.sleep(0.1)
        assert (machine.proofs(told), others) == ([], set())
        assert trick.sandbox in told


# That a trick works at all where nothing stops it does not change with the sandbox, so it is shown at length only.
@pytest.mark.long
# Not on machines that have no sandbox either: the tricks are for Linux.
@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize("trick", [trick for trick in ALL if trick.alone is None], ids=lambda trick: trick.name)
async def test_without_a_sandbox_it_gets_out(trick: Trick, tmp_path: Path) -> None:
    async with bypass_machine(tmp_path) as machine:
        given = json.dumps({name: machine.given[name] for name in trick.parameters()})
        alone = str(Path(__file__).with_name("bypass_alone.py"))
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-B", alone, str(trick.path), given]
        # A file, since what outlives the trick would hold a pipe open.
        with open(tmp_path / "told", "wb") as told:
            process = await asyncio.create_subprocess_exec(
                *command, stdin=subprocess.DEVNULL, stdout=told, stderr=told, env=environment, cwd=tmp_path
            )
            await asyncio.wait_for(process.wait(), 60)
        assert await appear(machine, (tmp_path / "told").read_text(errors="replace"))


async def appear(machine: BypassMachine, told: str) -> list[str]:
    """What got out; what a process started may take a moment."""
    for _ in range(100):
        if proofs := machine.proofs(told):
            return proofs
        await asyncio.sleep(0.05)
    return []
