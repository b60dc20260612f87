"""What a job costs beside the function itself: `python runner/tests/function_bench.py [RUNS] [--json]`.

Each function is called directly in this process, and as a job: cold (its source is not in the runner's cache yet) and warm (it is). A job
is always a process of its own, warm or not: nothing of one run is left for the next. The registry is a local one that answers from memory.
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
from job_bench import JobBench
from local_registry import LocalRegistry

from callsheet_runner.child.load_source import load_source
from callsheet_runner.do_lease import do_lease
from callsheet_runner.sandbox.bubblewrap import Sandbox, find_sandbox
from callsheet_runner.wire import JobOffer

STACK = np.random.default_rng(1).integers(0, 65535, (2, 512, 512)).astype("uint16")
FUNCTIONS = {
    "python": "def main(a: int, b: int) -> int:\n    return a + b",
    "numpy": "import numpy as np\n@numpy\ndef main(image, gain: float = 2.0):\n    return np.minimum(image * gain, 65535)",
    "jax": "import jax.numpy as jnp\n@jax\ndef main(image, gain: float = 2.0):\n    return jnp.minimum(image * gain, 65535)",
}


async def measure(runs: int) -> list[dict[str, Any]]:
    """A row for each runtime, with and without the sandbox; times are medians in milliseconds."""
    rows = []
    registry = LocalRegistry()
    await registry.start()
    with tempfile.TemporaryDirectory() as folder:
        found = find_sandbox(Path(folder))
        walls: list[Sandbox | None] = [found, None] if isinstance(found, Sandbox) else [None]
        for wall in walls:
            for runtime, code in FUNCTIONS.items():
                bench = JobBench(registry, Path(folder) / f"{runtime}-{wall is None}", wall, allow_unsandboxed=True)
                rows.append({"runtime": runtime, "sandbox": wall is not None, **await row(bench, runtime, code, runs)})
                await bench.close()
    await registry.stop()
    return rows


async def row(bench: JobBench, runtime: str, code: str, runs: int) -> dict[str, float]:
    # A comment makes it another source, which no cache has.
    cold = [await timed(lambda n=n: job(bench, runtime, f"{code}\n# {n}")) for n in range(max(3, runs // 4))]
    warm = [await timed(lambda: job(bench, runtime, code)) for _ in range(runs + 1)][1:]
    return {"direct_ms": directly(bench, runtime, code, runs), "cold_ms": statistics.median(cold), "warm_ms": statistics.median(warm)}


async def timed(act: Callable[[], Awaitable[None]]) -> float:
    began = time.perf_counter()
    await act()
    return (time.perf_counter() - began) * 1000


async def job(bench: JobBench, runtime: str, code: str) -> None:
    shape = {"shape": "value", "names": ["result"]} if runtime == "python" else {"shape": "image", "names": ["image"]}
    offer = bench.registry.offer(handler=None, kind="function", source=bench.registry.source(code, "main", runtime, **shape), needs=NEEDS)
    if runtime == "python":
        offer |= {"inputs": {"a": 1, "b": 2}, "outputs": {"result": {"type": "integer"}}}
    else:
        content = BytesIO()
        np.save(content, STACK)
        digest = bench.registry.keep(content.getvalue())
        files = [bench.registry.offered(digest, "stack.npy")]
        offer |= {"inputs": {"image": digest, "gain": 2}, "outputs": {"image": {"type": "file"}}, "files": files}
    report = await do_lease(bench.tools, JobOffer.model_validate(offer), 0, bench.said.append)
    assert report.type == "result", report


def directly(bench: JobBench, runtime: str, code: str, runs: int) -> float:
    source = bench.work_dir.root / "direct.py"
    source.write_text(code)
    function = load_source(source, "main")
    times = []
    for _ in range(runs + 1):
        began = time.perf_counter()
        result = function(1, 2) if runtime == "python" else function(STACK if runtime == "numpy" else as_jax())
        np.asarray(result)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[1:])


def as_jax() -> Any:
    import jax.numpy

    return jax.numpy.asarray(STACK)


NEEDS = {"sandbox": True, "memory_mb": 2048}


if __name__ == "__main__":
    count = next((int(one) for one in sys.argv[1:] if one.isdigit()), 20)
    found_rows = asyncio.run(measure(count))
    if "--json" in sys.argv:
        print(json.dumps(found_rows))
    else:
        for one in found_rows:
            wall = "sandbox" if one["sandbox"] else "plain process"
            times = "  ".join(f"{name} {one[f'{name}_ms']:8.3f} ms" for name in ("direct", "cold", "warm"))
            print(f"{one['runtime']:8} {wall:14} {times}")
