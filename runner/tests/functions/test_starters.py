"""Every starter whose library is here runs as a job, in the sandbox, and gives what a direct call gives in plain Python."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from corpus_calls import REPOSITORY, CorpusCall, analysed, node_program
from job_bench import JobBench
from test_corpus import check_image, check_value

pytestmark = pytest.mark.anyio

FOLDER = REPOSITORY / "templates" / "starters"
#: Starter → what it is given beside the image, and what it answers; None where only a direct call can tell.
CALLS: dict[str, tuple[dict[str, Any], dict[str, Any] | None]] = {
    "numpy": ({"amount": 1.5}, None),
    "cupy": ({"sigma": 4.0}, None),
    "torch": ({"window": 7}, None),
    "tensorflow": ({"direction": "vertical"}, None),
    "jax": ({"iterations": 3}, None),
    "pyclesperanto": ({"radius": 3}, None),
    "python": ({"values": [1.0, 2.0, 4.0], "centre": "mean", "trim": 0.4}, {"count": 1, "centre": 2.0, "spread": None}),
}


@pytest.fixture(scope="module")
def analyses() -> dict[Path, dict[str, Any]]:
    if node_program() is None:
        pytest.skip("no node here, so the starters cannot be analysed")
    return analysed([FOLDER / f"{name}.py" for name in CALLS])


def test_each_has_a_call() -> None:
    assert sorted(CALLS) == sorted(path.stem for path in FOLDER.glob("*.py"))


@pytest.mark.parametrize("name", CALLS)
async def test_a_starter_runs(name: str, analyses: dict[Path, dict[str, Any]], bench: JobBench) -> None:
    file = FOLDER / f"{name}.py"
    [function] = analyses[file]["functions"]
    missing = [package for package in analyses[file]["packages"] if importlib.util.find_spec(package) is None]
    if missing:
        pytest.skip(f"{missing[0]} is not installed here")
    inputs, outputs = CALLS[name]
    check = check_image if outputs is None else check_value
    await check(bench, CorpusCall(file, 1, None, inputs, outputs), analyses[file], function)
