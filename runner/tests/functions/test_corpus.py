"""Every runnable file of the corpus runs as a job, and gives what a direct call of it gives in plain Python."""

import importlib.util
import inspect
import typing
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from corpus_calls import CorpusCall, analysed, corpus_calls, node_program
from job_bench import JobBench
from local_registry import LocalRegistry
from pydantic import TypeAdapter

from callsheet.memory_types import to_memory_type, to_numpy
from callsheet_runner.child.encode_output import OutputEncoder
from callsheet_runner.child.load_source import load_source
from callsheet_runner.child.name_outputs import name_outputs
from callsheet_runner.detect.memory_types import memory_types
from callsheet_runner.do_lease import do_lease
from callsheet_runner.job import Job
from callsheet_runner.sandbox.bubblewrap import Sandbox, find_sandbox
from callsheet_runner.wire import JobOffer

pytestmark = pytest.mark.anyio

CALLS = corpus_calls()
STACK = np.random.default_rng(7).integers(0, 4096, (3, 16, 20)).astype("uint16")


@pytest.fixture(scope="session")
def analyses() -> dict[Path, dict[str, Any]]:
    if node_program() is None:
        pytest.skip("no node here, so the corpus cannot be analysed")
    return analysed(sorted({call.file for call in CALLS}))


@pytest.fixture
async def bench(registry: LocalRegistry, tmp_path: Path) -> AsyncIterator[JobBench]:
    found = find_sandbox(tmp_path)
    made = JobBench(registry, tmp_path, found if isinstance(found, Sandbox) else None, allow_unsandboxed=True)
    yield made
    await made.close()


def test_the_corpus_has_files_that_run() -> None:
    assert len(CALLS) >= 20


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.title)
async def test_a_run_gives_what_a_direct_call_gives(call: CorpusCall, analyses: dict[Path, dict[str, Any]], bench: JobBench) -> None:
    analysis = analyses[call.file]
    errors = [issue for issue in analysis["issues"] if issue["severity"] == "error"]
    assert not errors, f"it says that it runs and is refused: {errors[0]}"
    function = next(one for one in analysis["functions"] if call.name in (None, one["id"], one["entry"], one["id"].partition(".")[2]))
    if function["runtime"] not in memory_types():
        pytest.skip(f"{function['runtime']} is not installed here")
    missing = [package for package in analysis["packages"] if importlib.util.find_spec(package) is None]
    if missing:
        pytest.skip(f"{missing[0]} is not installed here")
    if function["runtime"] != "python":
        await check_image(bench, call, analysis, function)
    else:
        await check_value(bench, call, analysis, function)


async def run(
    bench: JobBench, analysis: dict[str, Any], function: dict[str, Any], inputs: dict[str, Any], files: list[str]
) -> dict[str, Any]:
    """The outputs of a job, as the registry would offer it: with the defaults of the interface applied."""
    interface = function["interface"]
    defaults = {name: field["default"] for name, field in interface["inputs"].items() if "default" in field}
    source = bench.registry.source(analysis["code"], function["entry"], function["runtime"], **function["returns"])
    offer = bench.registry.offer(
        kind="function",
        handler=None,
        source=source,
        inputs={**defaults, **inputs},
        outputs=interface["outputs"],
        needs={"sandbox": True, "memory_mb": 2048},
    )
    offered = [bench.registry.offered(digest, "stack.npy") for digest in files]
    report: Any = await do_lease(bench.tools, JobOffer.model_validate({**offer, "files": offered}), 0, bench.said.append)
    assert report.type == "result", report
    outputs: dict[str, Any] = report.outputs[0]
    return outputs


async def check_value(bench: JobBench, call: CorpusCall, analysis: dict[str, Any], function: dict[str, Any]) -> None:
    outputs = await run(bench, analysis, function, call.inputs, [])
    assert call.outputs is None or outputs == call.outputs
    called = load_source(written(bench, analysis), function["entry"])
    directly = await finished(called, [], with_hints(called, call.inputs))
    job = Job(output_dir=bench.work_dir.root)
    returns = name_outputs(directly, function["returns"]["shape"], function["returns"]["names"])
    encoder = OutputEncoder(job, lambda *_: Path())
    assert outputs == {name: encoder.encode(value, function["interface"]["outputs"].get(name), name) for name, value in returns.items()}


async def check_image(bench: JobBench, call: CorpusCall, analysis: dict[str, Any], function: dict[str, Any]) -> None:
    np.save(bench.work_dir.root / "stack.npy", STACK)
    digest = bench.registry.keep((bench.work_dir.root / "stack.npy").read_bytes())
    outputs = await run(bench, analysis, function, {"image": digest, **call.inputs}, [digest])
    (bench.work_dir.root / "result.npy").write_bytes(bench.registry.files[outputs["image"]])
    result = np.load(bench.work_dir.root / "result.npy")

    # As a notebook would call it: the function itself, without anything of ours around it.
    called = inspect.unwrap(load_source(written(bench, analysis), function["entry"]))
    around = {
        name: call.inputs.get(name) for name in ("slice_by_slice", "dtype_conversion") if name not in inspect.signature(called).parameters
    }
    given = with_hints(called, {name: value for name, value in call.inputs.items() if name not in around})
    planes = [STACK[index : index + 1] for index in range(len(STACK))] if around.get("slice_by_slice") else [STACK]
    returned = [await finished(called, [to_memory_type(plane.copy(), function["runtime"])], dict(given)) for plane in planes]
    directly = np.concatenate([to_numpy(one[0] if isinstance(one, tuple) else one) for one in returned])
    asked = around.get("dtype_conversion") or "preserve"
    dtype = {"preserve": STACK.dtype, "native": directly.dtype}.get(asked) or np.dtype(asked)
    if dtype.kind in "iu" and directly.dtype != dtype:
        ends = np.iinfo(dtype)
        directly = np.clip(np.rint(directly.astype("float64")), ends.min, ends.max)
    assert result.dtype == dtype and np.array_equal(result, directly.astype(dtype), equal_nan=dtype.kind == "f")


def written(bench: JobBench, analysis: dict[str, Any]) -> Path:
    path = bench.work_dir.root / "directly.py"
    path.write_text(analysis["code"])
    return path


async def finished(called: Callable[..., Any], args: list[Any], given: dict[str, Any]) -> Any:
    places = [name for name, one in inspect.signature(called).parameters.items() if one.kind is one.POSITIONAL_ONLY][len(args) :]
    result = called(*args, *[given.pop(name) for name in places if name in given], **given)
    return await result if inspect.isawaitable(result) else result


def with_hints(called: Callable[..., Any], inputs: dict[str, Any]) -> dict[str, Any]:
    """The inputs as pydantic understands the annotations, where it can: another's understanding than the runner's."""
    try:
        hints = typing.get_type_hints(inspect.unwrap(called), include_extras=True)
    except Exception:
        hints = {}
    return {name: by_pydantic(value, hints[name]) if name in hints else value for name, value in inputs.items()}


def by_pydantic(value: Any, hint: Any) -> Any:
    try:
        return TypeAdapter(hint).validate_python(value)
    except Exception:
        pass
    # An enum whose values JSON cannot say goes by its names.
    members = getattr(hint, "__members__", {})
    return members.get(value, value) if isinstance(value, str) else value
