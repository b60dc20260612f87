"""A registry and runners, on real sockets."""

import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from callsheet_runner.end_processes import end_strays
from callsheet_runner.sandbox.bubblewrap import Sandbox, find_sandbox, try_sandbox

sys.path.insert(0, str(Path(__file__).parent))

from job_bench import JobBench
from local_registry import LocalRegistry
from runner_process import TOKEN, StartRunner


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: takes minutes; run in full by `npm run test:long`")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def registry() -> AsyncIterator[LocalRegistry]:
    made = LocalRegistry(TOKEN)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """bubblewrap; without it the test is left out, and says so."""
    found = find_sandbox(tmp_path_factory.mktemp("trial"))
    if not isinstance(found, Sandbox):
        pytest.skip(f"no sandbox here: {found.reason}")
    return found


@pytest.fixture
def start_runner(tmp_path: Path) -> Iterator[StartRunner]:
    starter = StartRunner(tmp_path)
    yield starter
    for runner in starter.started:
        runner.kill()
        # As the next start of the same runner would.
        end_strays(f"{runner.runner_id()}/")
        if os.environ.get("SHOW_RUNNER_LOG"):
            print(runner.text())


@pytest.fixture
def mode() -> str | None:
    return None


@pytest.fixture
async def bench(mode: str | None, registry: LocalRegistry, tmp_path: Path, sandbox: Sandbox) -> AsyncIterator[JobBench]:
    if mode == "own_user" and os.getuid() != 0:
        pytest.skip("only root can make each job a user of its own")
    chosen = Sandbox(sandbox.program, mode or sandbox.mode)
    trouble = try_sandbox(chosen, tmp_path)
    if trouble:
        pytest.skip(f"{mode} does not work here: {trouble}")
    made = JobBench(registry, tmp_path, chosen)
    yield made
    # Whatever the job did, the next one goes well.
    value = {"value": {"type": "object", "additional_properties": True}}
    next_one = await made.do_code("def main(n): return {'value': {'n': n + 1}}", inputs={"n": 1}, outputs=value)
    assert (next_one.type, getattr(next_one, "outputs", None)) == ("result", [{"value": {"n": 2}}])
    assert list(made.work_dir.jobs.iterdir()) == []
    await made.close()
