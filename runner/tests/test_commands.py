"""The command line: what it prints, what it refuses."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("CALLSHEET")}
    return subprocess.run(
        [sys.executable, "-m", "callsheet_runner", *arguments],
        capture_output=True,
        text=True,
        env={**inherited, **environment},
        timeout=60,
        check=False,
    )


def test_detect_prints_what_would_be_offered() -> None:
    told = command("detect", "--name", "bench", "--label", "rack=4", "--no-shipped-handlers")
    assert told.returncode == 0 and "bench, pool default" in told.stdout and "python" in told.stdout
    offered = json.loads(command("detect", "--json", "--no-shipped-handlers", CALLSHEET_POOL="gpu").stdout)
    assert offered["pool"] == "gpu" and offered["handlers"] == [] and offered["cpu_cores"] >= 1


def test_check_says_whether_the_sandbox_works() -> None:
    told = command("check", "--no-shipped-handlers")
    assert told.returncode in (0, 1) and told.stdout.startswith("sandbox")
    without = command("check", "--no-shipped-handlers", PATH="/nonexistent")
    assert without.returncode == 1 and "install the package bubblewrap" in without.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--url", "ftp://x"], "--url is the registry's address"),
        (["--url", "http://127.0.0.1:1", "--token", ""], "a token is needed"),
        (["--token-file", "/nonexistent/token"], "/nonexistent/token cannot be read"),
        (["--pool", "No Such"], "--pool is a-z"),
        (["--slots", "0"], "--slots is 1 to 256"),
        (["--label", "novalue"], "--label is KEY=VALUE"),
        (["--handler", "x=nomodule_anywhere:f", "--token", "t"], "there is no module nomodule_anywhere"),
        (["--handler", "x=./nofile.py:f", "--token", "t"], "there is no file"),
        (["--handlers-module", "json", "--token", "t"], "needs a function shipped_handlers()"),
        (["--models", "/nonexistent"], "--models is a folder"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told(arguments: list[str], words: str, tmp_path: Path) -> None:
    told = command("run", "--no-shipped-handlers", "--work-dir", str(tmp_path / "work"), *arguments)
    assert told.returncode == 2
    assert words in told.stderr and "Traceback" not in told.stderr
