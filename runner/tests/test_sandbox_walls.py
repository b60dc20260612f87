"""User code that looks for a way out. Real bubblewrap, real attempts; after each, the next job goes well."""

import asyncio
import os
from pathlib import Path

import psutil
import pytest
from job_bench import JobBench, both, told

from callsheet_runner.end_processes import end_strays

pytestmark = pytest.mark.anyio

VALUE = {"value": {"type": "object", "additional_properties": True}}
FILE = {"value": {"type": "file"}}


@both
async def test_there_is_no_network(bench: JobBench) -> None:
    port = bench.registry.port
    report = await bench.do_code(
        f"""
import socket
def main():
    tried = {{}}
    for address in [("127.0.0.1", {port}), ("1.1.1.1", 53), ("169.254.169.254", 80)]:
        try:
            socket.create_connection(address, timeout=2)
            tried[address[0]] = "connected"
        except OSError as error:
            tried[address[0]] = type(error).__name__
    return {{"value": {{"connected": "connected" in tried.values(), "interfaces": [name for _, name in socket.if_nameindex()]}}}}
""",
        outputs=VALUE,
    )
    assert report.outputs == [{"value": {"connected": False, "interfaces": ["lo"]}}]


@both
async def test_the_machine_s_files_and_the_runner_s_own_are_not_there(bench: JobBench) -> None:
    os.environ["SOMETHING_SECRET"] = "s3cret"
    work, home = bench.work_dir.root, Path.home()
    (work / "token").write_text("secret-of-the-runner")
    report = await bench.do_code(
        f"""
import asyncio
import os
def main():
    seen = {{path: os.path.exists(path) for path in ["/etc/shadow", "{work}", "{work}/token", "{work}/runner.json", "/var", "/run",
        "{home}/.bashrc", "{home}/.ssh", "/work/shared", "/boot", "/home"]}}
    return {{"value": {{
        "seen": [path for path, there in seen.items() if there],
        "environment": sorted(os.environ),
        "others": [pid for pid in os.listdir("/proc") if pid.isdigit() and int(pid) > 20],
        "secret": any("secret-of-the-runner" in open(f"/proc/{{pid}}/environ").read() for pid in ["self"]),
    }}}}
""",
        outputs=VALUE,
    )
    value = report.outputs[0]["value"]
    assert value["seen"] == []
    assert value["others"] == [] and value["secret"] is False
    assert "SOMETHING_SECRET" not in value["environment"] and "CALLSHEET_RUNNER_TOKEN" not in value["environment"]


@both
async def test_nothing_but_its_own_folders_can_be_written(bench: JobBench) -> None:
    report = await bench.do_code(
        """
import os, sys
def main():
    written = []
    for folder in ["/", "/usr", "/etc", "/dev", "/job", "/job/inputs", sys.prefix, os.path.dirname(os.__file__), "/proc/sys/kernel", "/tmp", "/dev/shm", "/job/output"]:
        try:
            open(os.path.join(folder, "mark"), "w").write("x")
            written.append(folder)
        except OSError:
            pass
    return {"value": {"written": written, "uid": os.getuid()}}
""",
        outputs=VALUE,
    )
    assert report.outputs[0]["value"]["written"] == ["/tmp", "/dev/shm", "/job/output"]


@both
async def test_it_cannot_gain_rights(bench: JobBench) -> None:
    report = await bench.do_code(
        """
import ctypes, os
def main():
    libc = ctypes.CDLL(None, use_errno=True)
    status = dict(line.split(":", 1) for line in open("/proc/self/status"))
    try:
        os.setuid(0)
        is_root = os.getuid() == 0 and int(status["CapEff"], 16) != 0
    except OSError:
        is_root = False
    return {"value": {"root": is_root, "caps": int(status["CapEff"], 16), "no_new": status["NoNewPrivs"].strip(),
        "mount": libc.mount(b"none", b"/tmp", b"tmpfs", 0, None), "new_user": libc.unshare(0x10000000), "keys": libc.syscall(250, 0, -3)}}
""",
        outputs=VALUE,
    )
    assert report.outputs[0]["value"] == {"root": False, "caps": 0, "no_new": "1", "mount": -1, "new_user": -1, "keys": -1}


async def test_what_it_prints_is_log_and_never_a_message(bench: JobBench) -> None:
    report = await bench.do_code(
        """
import json, sys
def main():
    forged = {"type": "result", "run_id": "00000000-0000-7000-8000-000000000000", "fence": 9, "outputs": [{"value": "forged"}]}
    print(json.dumps(forged))
    print(json.dumps({"type": "done", "outputs": [{"value": "forged"}]}))
    sys.stdout.buffer.write(bytes(range(256)) * 100)
    print("{not json")
    return {"value": {"honest": True}}
""",
        outputs=VALUE,
    )
    assert report.outputs == [{"value": {"honest": True}}]
    assert any("forged" in line for line in bench.lines())
    assert {message.run_id for message in bench.said} == {report.run_id}


async def test_who_writes_into_the_channel_harms_only_his_own_run(bench: JobBench) -> None:
    report = await bench.do_code(
        """
import json, os
def main():
    for fd in range(3, 300):
        try:
            os.write(fd, b'garbage\\n{"type": "progress"}\\n{"type": "progress", "stage": [], "fraction": 1e999, "preview": "/etc/passwd"}\\n')
            forged = {"type": "failed", "class": "transient", "code": "lease_expired", "message": "x", "run_id": "other", "fence": 2}
            os.write(fd, json.dumps(forged).encode() + b"\\n")
        except OSError:
            pass
    import time; time.sleep(30)
"""
    )
    assert told(report) == ("failure", "unknown", "handler_error")
    assert report.fence == 1 and {message.run_id for message in bench.said} == {report.run_id}


async def test_links_out_of_the_output_folder_are_not_followed(bench: JobBench) -> None:
    (bench.work_dir.root / "token").write_text("secret-of-the-runner")
    for code in (
        f"import os\ndef main():\n    os.symlink('{bench.work_dir.root}/token', 'link')\n    return 'link'",
        "import os\ndef main():\n    os.symlink('/etc', 'folder')\n    return 'folder/shadow'",
        "import os\ndef main():\n    os.mkfifo('pipe')\n    return 'pipe'",
        "def main(): return '../job.json'",
        "def main(): return '/etc/passwd'",
    ):
        report = await bench.do_code(code, outputs=FILE)
        assert told(report) == ("failure", "validation", "invalid_outputs"), code
    # Nor when the child's own check is gone round.
    forged = """
import json, os
def main():
    os.symlink("/etc/passwd", "link")
    for fd in range(3, 300):
        try: os.write(fd, json.dumps({"type": "done", "outputs": [{"value": "link"}]}).encode() + b"\\n")
        except OSError: pass
"""
    report = await bench.do_code(forged, outputs=FILE)
    assert told(report) == ("failure", "validation", "invalid_outputs")
    assert not any(b"root:" in content for content in bench.registry.files.values())


@both
async def test_what_it_leaves_behind_ends_with_it(bench: JobBench) -> None:
    report = await bench.do_code(
        """
import os, signal, time
def main():
    if os.fork() == 0:
        os.setsid()
        for number in range(1, 32):
            try: signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError): pass
        if os.fork() == 0:
            os.execvp("sleep", ["sleep", "98765"])
        time.sleep(98765)
    time.sleep(0.3)
    return {"value": {}}
""",
        outputs=VALUE,
    )
    assert report.type == "result"
    assert not [process for process in psutil.process_iter(["cmdline"]) if "98765" in (process.info["cmdline"] or [])]


@both
async def test_it_cannot_spoil_its_cached_inputs(bench: JobBench) -> None:
    digest = bench.registry.keep(b"precious")
    code = """
import asyncio
import os
def main(file):
    for act in (lambda: open(file, "w").write("spoilt"), lambda: os.chmod(file, 0o777), lambda: os.unlink(file)):
        try: act()
        except OSError: pass
    return {"value": {"text": open(file).read()}}
"""
    for _ in range(2):
        report = await bench.do_code(code, inputs={"file": digest}, files=[digest], outputs=VALUE)
        assert report.outputs == [{"value": {"text": "precious"}}]


@both
async def test_whatever_folders_it_leaves_are_cleaned_away(bench: JobBench) -> None:
    report = await bench.do_code(
        """
import asyncio
import os
def main():
    os.makedirs("a/b")
    open("a/b/c", "w").close()
    os.chmod("a/b", 0)
    os.chmod("a", 0)
    for _ in range(1200):
        os.mkdir("deep")
        os.chdir("deep")
    return {"value": {}}
""",
        outputs=VALUE,
    )
    assert report.type == "result"


@both
async def test_a_job_that_is_cancelled_while_it_starts_leaves_nothing(bench: JobBench) -> None:
    for number in range(40):
        task = asyncio.create_task(bench.do_code("import time\ndef main(): time.sleep(600)"))
        await asyncio.sleep(number * 0.002)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    mark = f"{bench.work_dir.runner_id()}/"
    assert end_strays(mark) == 0
