"""User code that takes too much: each is stopped, named rightly, and the next job goes well."""

import time

import pytest
from job_bench import JobBench, both, told

pytestmark = pytest.mark.anyio

VALUE = {"value": {"type": "object", "additional_properties": True}}
FILE = {"value": {"type": "file"}}


@both
async def test_a_fork_bomb_is_put_out(bench: JobBench) -> None:
    report = await bench.do_code(
        """
import os, time
def main():
    while True:
        try:
            os.fork()
        except OSError:
            time.sleep(0.01)
""",
        timeout_seconds=15,
        needs={"memory_mb": 8192},
    )
    assert told(report) == ("failure", "permanent", "handler_error")
    assert "processes" in report.message


async def test_a_job_that_takes_ten_gigabytes_is_out_of_memory(bench: JobBench) -> None:
    at_once = await bench.do_code("def main(): return bytearray(10 * 1024 ** 3)")
    assert told(at_once) == ("failure", "resource", "out_of_memory")
    slowly = await bench.do_code(
        "def main():\n    kept = []\n    while True: kept.append(bytearray(b'x' * 8_000_000))", needs={"memory_mb": 256}
    )
    assert told(slowly) == ("failure", "resource", "out_of_memory")
    assert "256 MB" in slowly.message


async def test_memory_of_its_children_counts_too(bench: JobBench) -> None:
    report = await bench.do_code(
        """
import os, time
def main():
    for _ in range(4):
        if os.fork() == 0:
            kept = bytearray(b"x" * 100_000_000)
            time.sleep(60)
    time.sleep(60)
""",
        needs={"memory_mb": 300},
    )
    assert told(report) == ("failure", "resource", "out_of_memory")


async def test_an_endless_loop_ends_with_its_timeout(bench: JobBench) -> None:
    report = await bench.do_code("def main():\n    while True: pass", timeout_seconds=1)
    assert told(report) == ("failure", "permanent", "timed_out")


async def test_a_flood_into_the_channel_is_cut_off(bench: JobBench) -> None:
    report = await bench.do_code(
        """
import os
def main():
    while True:
        for fd in range(3, 300):
            try: os.write(fd, b"x" * 65536)
            except OSError: pass
"""
    )
    assert told(report) == ("failure", "validation", "invalid_outputs")


async def test_a_flood_of_output_is_cut_and_counted(bench: JobBench) -> None:
    report = await bench.do_code(
        "def main():\n    for n in range(300_000): print('line', n, 'x' * 50)\n    print('y' * 10_000_000)\n    return {'value': {}}",
        outputs=VALUE,
    )
    assert report.type == "result"
    lines = bench.lines()
    assert sum(len(line) for line in lines) <= 2 * 1024 * 1024
    assert any("lines left out" in line for line in lines)
    assert max(len(line) for line in lines) <= 4000


async def test_a_huge_file_is_stopped(bench: JobBench) -> None:
    bench.tools.settings.__dict__["job_disk_mb"] = 64
    one = await bench.do_code(
        "def main():\n    with open('big', 'wb') as f:\n        for _ in range(200): f.write(bytes(1_000_000))", timeout_seconds=20
    )
    assert told(one) == ("failure", "permanent", "handler_error") and "File too large" in one.message
    many = await bench.do_code(
        "import time\ndef main():\n    for n in range(40):\n        open(f'/tmp/part{n}', 'wb').write(bytes(10_000_000))\n    time.sleep(20)"
    )
    assert told(many) == ("failure", "permanent", "handler_error") and "to disk" in many.message


async def test_a_job_that_kills_itself_is_told_so(bench: JobBench) -> None:
    report = await bench.do_code(
        "import os, signal, sys\ndef main():\n    print('last words', file=sys.stderr)\n    os.kill(os.getpid(), signal.SIGSEGV)"
    )
    assert told(report) == ("failure", "unknown", "process_died")
    assert "SIGSEGV" in report.message and "last words" in report.detail
    report = await bench.do_code("import os\ndef main(): os._exit(3)")
    assert told(report) == ("failure", "unknown", "process_died") and "status 3" in report.message


async def test_outputs_that_are_no_json_are_refused(bench: JobBench) -> None:
    for value in ("float('nan')", "object()", "'\\ud800'", "{'deep': b'bytes'}"):
        report = await bench.do_code(f"def main(): return {{'value': {value}}}", outputs=VALUE)
        assert told(report) == ("failure", "validation", "invalid_outputs"), value


async def test_starting_a_job_costs_little(bench: JobBench) -> None:
    began = time.monotonic()
    report = await bench.do_code("def main(): return {'value': {}}", outputs=VALUE)
    print(f"one sandboxed job took {time.monotonic() - began:.3f} s")
    assert report.type == "result"
