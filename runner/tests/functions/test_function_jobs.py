"""Functions as jobs: a process of their own, in the sandbox, with files that come and go through the registry."""

from typing import Any

import numpy as np
import pytest
from job_bench import JobBench, told
from local_registry import LocalRegistry

from callsheet_runner.detect.packages import packages
from callsheet_runner.do_lease import do_lease
from callsheet_runner.wire import JobOffer

pytestmark = pytest.mark.anyio

IMAGE = {"image": {"type": "file", "format": ["npy", "tif", "tiff", "png"]}}
RESULT = {"result": {"type": "any"}}
STACK = np.arange(2 * 3 * 4, dtype="uint16").reshape(2, 3, 4) * 1000
VALUE = {"shape": "value", "names": ["result"]}


async def image_job(bench: JobBench, code: str, runtime: str, stack: np.ndarray = STACK, **inputs: Any) -> Any:
    """The report of a job of an array function, on a stack in a .npy file."""
    np.save(bench.work_dir.root / "stack.npy", stack)
    digest = bench.registry.keep((bench.work_dir.root / "stack.npy").read_bytes())
    source = bench.registry.source(code, "main", runtime, shape="image", names=["image", "metadata"])
    offer = bench.registry.offer(
        kind="function", handler=None, source=source, inputs={"image": digest, **inputs}, outputs={**IMAGE, "metadata": {"type": "object"}},
        needs={"sandbox": True, "memory_type": runtime, "memory_mb": 2048},
    )  # fmt: skip
    files = [bench.registry.offered(digest, "stack.npy")]
    return await do_lease(bench.tools, JobOffer.model_validate({**offer, "files": files}), 0, bench.said.append)


def image_of(bench: JobBench, report: Any) -> np.ndarray:
    assert report.type == "result", report
    path = bench.work_dir.root / "result.npy"
    path.write_bytes(bench.registry.files[report.outputs[0]["image"]])
    array: np.ndarray = np.load(path)
    return array


@pytest.mark.parametrize(
    ("runtime", "imported"),
    [
        ("numpy", "from callsheet.memory import numpy\nimport numpy as np"),
        ("numpy", "from openhcs.core.memory.decorators import numpy\nimport numpy as np"),
        ("numpy", "from openhcs.core.memory import numpy\nimport numpy as np"),
        # A bare decorator is ours.
        ("numpy", "import numpy as np"),
        ("jax", "from callsheet.memory import jax\nimport jax.numpy as np"),
        ("jax", "import jax.numpy as np"),
    ],
)
async def test_a_function_of_each_library_here_gets_and_gives_arrays(bench: JobBench, runtime: str, imported: str) -> None:
    if runtime == "jax" and imported.startswith("import"):
        imported = "from jax import numpy as np"
    body = "return np.minimum(image * gain, 40000), {'kind': type(image).__module__}"
    code = f"{imported}\n@{runtime}\ndef main(image, gain: float = 2.0):\n    {body}"
    report = await image_job(bench, code, runtime, gain=2)
    result = image_of(bench, report)
    assert result.dtype == "uint16" and np.array_equal(result, np.minimum(STACK.astype(int) * 2, 40000))
    assert report.outputs[0]["metadata"]["kind"].startswith(runtime)


@pytest.mark.parametrize("runtime", ["numpy", "jax"])
async def test_slices_and_types_of_numbers_are_taken_care_of(bench: JobBench, runtime: str) -> None:
    code = f"@{runtime}(memory_gb=2)\ndef main(image):\n    return image / image.max(), {{'most': image.max()}}"
    report = await image_job(bench, code, runtime, slice_by_slice=True, dtype_conversion="float32")
    result = image_of(bench, report)
    assert result.dtype == "float32" and [plane.max() for plane in result] == [1, 1]
    assert report.outputs[0]["metadata"] == {"most": [11000, 23000]}


@pytest.mark.parametrize("code", ["async def main(a: int) -> int:\n    import asyncio\n    await asyncio.sleep(0)\n    return a + 1",
                                  "from callsheet.memory import python\n@python(memory_gb=1)\ndef main(a: int, /) -> int: return a + 1",
                                  "import functools\n@functools.lru_cache\ndef main(a: int) -> int: return a + 1"])  # fmt: skip
async def test_plain_functions_of_every_kind_are_called(bench: JobBench, code: str) -> None:
    report = await bench.do_code(code, inputs={"a": 1}, outputs=RESULT, returns=VALUE)
    assert report.outputs == [{"result": 2}]


async def test_each_function_of_a_file_is_its_own(bench: JobBench) -> None:
    code = "def one() -> int: return 1\ndef Two() -> int: return one() + 1"
    for entry, value in (("one", 1), ("Two", 2)):
        assert (await bench.do_code(code, entry=entry, outputs=RESULT, returns=VALUE)).outputs == [{"result": value}]
    report = await bench.do_code(code, entry="three", outputs=RESULT, returns=VALUE)
    assert told(report) == ("failure", "permanent", "handler_missing")
    assert "no function three; it has one, Two" in report.message


async def test_a_function_without_results_has_no_outputs(bench: JobBench) -> None:
    report = await bench.do_code("def main() -> None: print('done')", returns={"shape": "nothing", "names": []})
    assert (report.type, report.outputs) == ("result", [{}]) and "done" in bench.lines()


async def test_nothing_of_a_run_is_left_for_the_next(bench: JobBench) -> None:
    code = """
import builtins, json, os, pathlib, tempfile
seen = []
def main(word: str) -> list[str]:
    found = list(seen) + getattr(json, "kept", []) + getattr(builtins, "kept", []) + [name for name in os.environ if name == "KEPT"]
    for folder in ("/tmp", "/dev/shm", ".", tempfile.gettempdir()):
        found += [path.name for path in pathlib.Path(folder).glob("kept*")]
        (pathlib.Path(folder) / f"kept-{word}").write_text(word)
    seen.append(word); json.kept = [word]; builtins.kept = [word]; os.environ["KEPT"] = word
    return found
"""
    for word in ("first", "second", "first"):
        report = await bench.do_code(code, inputs={"word": word}, outputs=RESULT, returns=VALUE)
        assert report.type == "result" and set(report.outputs[0]["result"]) <= {f"kept-{word}"}, report


async def test_an_error_is_told_with_the_author_s_own_lines(bench: JobBench) -> None:
    code = """
import json

def inner(text):
    try:
        return json.loads(text)
    except ValueError as error:
        raise RuntimeError("no good") from error

def main(text: str) -> int:
    return inner(text)
"""
    report = await bench.do_code(code, inputs={"text": "{"}, outputs=RESULT, returns=VALUE)
    assert told(report) == ("failure", "permanent", "handler_error")
    assert report.message == "RuntimeError: no good"
    frames = [line.strip() for line in report.detail.splitlines() if line.strip().startswith("File")]
    assert frames == [
        'File "function.py", line 6, in inner',
        'File "function.py", line 11, in main',
        'File "function.py", line 8, in inner',
    ]
    assert "return json.loads(text)" in report.detail and "JSONDecodeError" in report.detail


async def test_an_error_inside_a_decorated_function_has_no_lines_of_ours(bench: JobBench) -> None:
    report = await image_job(bench, "@numpy\ndef main(image):\n    return image.reshape(7, 7)", "numpy", slice_by_slice=True)
    assert told(report) == ("failure", "permanent", "handler_error")
    assert report.detail.count("File ") == 1 and 'File "function.py", line 3, in main' in report.detail


@pytest.mark.parametrize(
    ("code", "failure_class", "code_of", "said"),
    [
        ("import a_package_that_is_nowhere\ndef main(): pass", "permanent", "dependency_missing", "the package a_package_that_is_nowhere"),
        ("import a_package.inner\ndef main(): pass", "permanent", "dependency_missing", "the package a_package,"),
        ("from json import nothing\ndef main(): pass", "permanent", "dependency_missing", "cannot import name 'nothing'"),
        ("def main():\n    import a_package", "permanent", "dependency_missing", "the package a_package"),
        ("def main(:", "permanent", "handler_missing", "SyntaxError"),
        ("def other(): pass", "permanent", "handler_missing", "no function main; it has other"),
        ("1 / 0\ndef main(): pass", "permanent", "handler_error", "ZeroDivisionError"),
        ("def main(): raise MemoryError()", "resource", "out_of_memory", "MemoryError"),
        ("def main(): raise RuntimeError('CUDA out of memory. Tried 2 GiB')", "resource", "out_of_vram", "CUDA"),
        ("def main(): raise RuntimeError('RESOURCE_EXHAUSTED: Out of memory allocating 9 bytes')", "resource", "out_of_memory", "RESOURCE"),
        ("def main(): return main()", "permanent", "handler_error", "RecursionError"),
        ("def main(): raise SystemExit(3)", "permanent", "handler_error", "SystemExit"),
        ("def main(): return float('nan')", "validation", "invalid_outputs", "/result is nan"),
        ("def main():\n    yield 1", "validation", "invalid_outputs", "generator"),
    ],
)
async def test_each_way_of_failing_is_told(bench: JobBench, code: str, failure_class: str, code_of: str, said: str) -> None:
    report = await bench.do_code(code, outputs=RESULT, returns=VALUE)
    assert told(report) == ("failure", failure_class, code_of), report
    assert said in report.message


async def test_code_that_is_newer_than_the_runner_or_of_another_language_is_refused(bench: JobBench, registry: LocalRegistry) -> None:
    source = registry.source("def main(): pass", "main")
    report = await bench.do(handler=None, source={**source, "api": 2})
    assert told(report) == ("failure", "permanent", "dependency_missing") and "install a newer callsheet-runner" in report.message
    report = await bench.do(handler=None, source={**source, "runtime": "javascript"})
    assert told(report) == ("failure", "permanent", "dependency_missing") and "JavaScript" in report.message


async def test_inputs_that_do_not_fit_are_the_inputs_fault(bench: JobBench) -> None:
    report = await image_job(bench, "@jax\ndef main(image):\n    return image", "jax", STACK.astype("int64") << 40)
    assert told(report) == ("failure", "validation", "invalid_inputs") and "jax_enable_x64" in report.message
    x64 = "import jax as j\nj.config.update('jax_enable_x64', True)\n@jax\ndef main(image):\n    return image"
    assert np.array_equal(image_of(bench, await image_job(bench, x64, "jax", STACK.astype("int64") << 40)), STACK.astype("int64") << 40)


async def test_files_of_plain_functions_come_and_go(bench: JobBench, registry: LocalRegistry) -> None:
    code = "from pathlib import Path\ndef main(a: Path, b: bytes) -> tuple[bytes, Path]:\n    Path('made.txt').write_bytes(b[::-1])\n"
    code += "    return a.read_bytes(), Path('made.txt')"
    digest = registry.keep(b"content")
    outputs = {"one": {"type": "file", "format": ["txt"]}, "two": {"type": "file"}}
    report = await bench.do_code(
        code, inputs={"a": digest, "b": digest}, files=[digest], outputs=outputs, returns={"shape": "tuple", "names": ["one", "two"]}
    )
    assert [registry.files[report.outputs[0][name]] for name in ("one", "two")] == [b"content", b"tnetnoc"]


def test_installed_modules_are_offered_by_the_names_that_import_them() -> None:
    found = packages()
    assert {"numpy", "PIL", "skimage", "jax", "pydantic", "pytest"} <= set(found)
    assert found == sorted(set(found)) and all(name.isidentifier() for name in found)
