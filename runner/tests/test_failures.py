"""What each way of failing is called. Without a sandbox where nothing needs one, so that it holds there too."""

from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
from job_bench import JobBench, told
from local_registry import LocalRegistry

pytestmark = pytest.mark.anyio

VALUE = {"value": {"type": "integer"}}


@pytest.fixture
async def bench(registry: LocalRegistry, tmp_path: Path) -> AsyncIterator[JobBench]:
    made = JobBench(registry, tmp_path, None, allow_unsandboxed=True)
    yield made
    await made.close()


@pytest.mark.parametrize(
    ("raised", "failure_class", "code"),
    [
        ("ValueError('odd')", "unknown", "handler_error"),
        ("SystemExit(4)", "unknown", "handler_error"),
        ("MemoryError()", "resource", "out_of_memory"),
        ("RuntimeError('CUDA out of memory. Tried to allocate 2 GiB')", "resource", "out_of_vram"),
        ("ImportError('no torch')", "permanent", "dependency_missing"),
        ("errors.TransientError('busy')", "transient", "handler_error"),
        ("errors.PermanentError('never')", "permanent", "handler_error"),
        ("errors.InvalidInputsError('too small')", "validation", "invalid_inputs"),
        ("errors.OutOfVramError('24 GB')", "resource", "out_of_vram"),
        ("errors.ModelMissingError('sdxl')", "permanent", "model_missing"),
        ("type('OutOfMemoryError', (MemoryError,), {'__module__': 'cupy.cuda.memory'})('x')", "resource", "out_of_vram"),
    ],
)
async def test_what_a_handler_raises_says_what_follows(bench: JobBench, raised: str, failure_class: str, code: str) -> None:
    report = await bench.do_handler(f"from callsheet_runner import errors\ndef main(inputs, job):\n    raise {raised}")
    assert told(report) == ("failure", failure_class, code)
    assert "handler.py" in report.detail and "callsheet_runner/child" not in report.detail
    report = await bench.do_code(f"from callsheet_runner import errors\ndef main():\n    raise {raised}")
    # A function would fail again in the same way.
    assert told(report) == ("failure", "permanent" if failure_class == "unknown" else failure_class, code)


async def test_an_unknown_handler_is_told_with_those_there_are(bench: JobBench) -> None:
    report = await bench.do(handler="sing")
    assert told(report) == ("failure", "permanent", "handler_missing")
    assert "sing" in report.message and "echo" in report.message


async def test_user_code_without_a_sandbox_is_refused_unless_the_operator_says_so(registry: LocalRegistry, tmp_path: Path) -> None:
    strict = JobBench(registry, tmp_path / "strict", None)
    report = await strict.do_code("def main(): return {'value': 1}", outputs=VALUE)
    assert told(report) == ("failure", "permanent", "sandbox_missing")
    assert (await strict.do(inputs={"a": 1})).type == "result"
    loose = JobBench(registry, tmp_path / "loose", None, allow_unsandboxed=True)
    assert (await loose.do_code("def main(): return {'value': 1}", outputs=VALUE)).outputs == [{"value": 1}]
    for bench in (strict, loose):
        await bench.close()


async def test_processes_left_behind_end_without_a_sandbox_too(bench: JobBench) -> None:
    code = """
import os
def main():
    if os.fork() == 0:
        os.setsid()
        os.execvp("sleep", ["sleep", "87654"])
    return {"value": 1}
"""
    assert (await bench.do_code(code, outputs=VALUE)).type == "result"
    assert not [process for process in psutil.process_iter(["cmdline"]) if "87654" in (process.info["cmdline"] or [])]


async def test_returns_that_the_interface_does_not_declare_are_told_by_pointer(bench: JobBench) -> None:
    for code, where in (
        ("def main(inputs, job): return []", "empty list"),
        ("from pathlib import Path\ndef main(inputs, job): return {'value': Path('x')}", "/0/value"),
        ("def main(inputs, job): return {'value': {'deep': [1, object()]}}", "/0/value/deep/1"),
    ):
        report = await bench.do_handler(code, outputs={**VALUE, "other": {"type": "integer"}})
        assert told(report) == ("failure", "validation", "invalid_outputs")
        assert where in report.message


async def test_a_long_message_and_traceback_are_cut_to_the_limits(bench: JobBench) -> None:
    report = await bench.do_code("def main(): raise ValueError('😀' * 20_000)")
    assert len(report.message.encode("utf-16-le")) // 2 <= 2000
    assert len(report.detail.encode("utf-16-le")) // 2 <= 8000


async def test_inputs_that_cannot_be_fetched_fail_the_attempt(bench: JobBench) -> None:
    missing = bench.registry.keep(b"gone")
    offer = bench.offer(files=[missing])
    del bench.registry.files[missing]
    from callsheet_runner.do_lease import do_lease

    report = await do_lease(bench.tools, offer, 0, bench.said.append)
    assert told(report) == ("failure", "permanent", "input_unavailable")
    assert list(bench.work_dir.jobs.iterdir()) == []


async def test_outputs_sent_by_numpy_are_plain_numbers(bench: JobBench) -> None:
    pytest.importorskip("numpy")
    code = "import numpy\ndef main(): return {'value': numpy.int64(7), 'list': numpy.arange(3), 'flag': numpy.bool_(True)}"
    outputs = {**VALUE, "list": {"type": "array"}, "flag": {"type": "boolean"}}
    report = await bench.do_code(code, outputs=outputs)
    assert report.outputs == [{"value": 7, "list": [0, 1, 2], "flag": True}]
