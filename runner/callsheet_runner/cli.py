"""The command `callsheet-runner`."""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from callsheet_runner import __version__
from callsheet_runner.detect.devices import detect_devices
from callsheet_runner.detect.host import detect_host
from callsheet_runner.detect.memory_types import memory_types
from callsheet_runner.detect.models import detect_models
from callsheet_runner.detect.packages import packages
from callsheet_runner.handler_table import handler_table
from callsheet_runner.offer_capabilities import offer_capabilities
from callsheet_runner.own_log import start_log
from callsheet_runner.run import run, without_sandbox
from callsheet_runner.sandbox.bubblewrap import NoSandbox, Sandbox, find_sandbox
from callsheet_runner.settings import BadSetting, Settings, environment_of_process, settings_of
from callsheet_runner.wire import Capabilities, Limits

DESCRIPTION = "Does the jobs of a Callsheet registry. docs/runners.md tells the rest."


def main(arguments: list[str] | None = None) -> None:
    """Ends the process: 0 done, 1 the sandbox does not work (`check`), 2 a setting cannot be used."""
    given = parser().parse_args(arguments)
    try:
        settings = settings_of(given, environment_of_process())
        start_log(settings.log)
        code = {"run": start, "detect": detect, "check": check}[given.command](settings, given)
    except BadSetting as bad:
        print(f"callsheet-runner: {bad}", file=sys.stderr)
        code = 2
    sys.exit(code)


def parser() -> argparse.ArgumentParser:
    """Every option, said once for all commands."""
    options = argparse.ArgumentParser(add_help=False)
    add = options.add_argument
    add("--url", help="the registry's address (CALLSHEET_URL; http://127.0.0.1:8787)")
    add("--token", help="seen by everyone on the machine; better CALLSHEET_RUNNER_TOKEN or --token-file")
    add("--token-file", help="a file with the token")
    add("--pool", help="the pool to join (CALLSHEET_POOL; default)")
    add("--name", help="this runner's name (CALLSHEET_RUNNER_NAME; the machine's name)")
    add("--slots", type=int, default=1, help="jobs at once (1)")
    add("--label", action="append", default=[], metavar="KEY=VALUE", help="a fact that runs may ask for")
    add("--handler", action="append", default=[], metavar="NAME=MODULE:CALLABLE", help="a handler, in a module or in a file.py")
    add("--handlers-module", action="append", default=[], metavar="MODULE", help="a module with shipped_handlers()")
    add("--no-shipped-handlers", action="store_true", help="leave out the handlers that come with this package")
    add("--models", metavar="DIR", help="where model weights lie (CALLSHEET_MODELS)")
    add("--work-dir", metavar="DIR", help="this runner's own folder (CALLSHEET_WORK_DIR; ~/.callsheet-runner)")
    add("--cache-gb", type=float, default=20.0, help="downloaded files that are kept (20)")
    add("--job-disk-mb", type=int, default=4096, help="what a job may write that declares no disk_gb (4096)")
    add("--grace", type=float, default=60.0, metavar="SECONDS", help="what jobs have to end when the runner is stopped (60)")
    add("--allow-unsandboxed", action="store_true", help="run user code with this runner's rights where there is no sandbox")
    add("--handlers-outside-sandbox", action="store_true", help="run handlers as plain processes; user code stays in the sandbox")
    add("--sandbox-read", action="append", default=[], metavar="PATH", help="something more that jobs can read")
    add("--sandbox-env", action="append", default=[], metavar="NAME", help="a variable of the environment that jobs get")
    add("--log", choices=["text", "json"], default="text")
    add("--once", action="store_true", help="do one job, then stop")
    whole = argparse.ArgumentParser(prog="callsheet-runner", description=DESCRIPTION)
    whole.add_argument("--version", action="version", version=__version__)
    commands = whole.add_subparsers(dest="command", required=True)
    commands.add_parser("run", parents=[options], help="serve a pool")
    commands.add_parser("detect", parents=[options], help="print what would be offered").add_argument("--json", action="store_true")
    commands.add_parser("check", parents=[options], help="try the sandbox and say what is missing")
    return whole


def start(settings: Settings, _given: argparse.Namespace) -> int:
    return asyncio.run(run(settings))


def detect(settings: Settings, given: argparse.Namespace) -> int:
    """What `run` would offer; touches nothing."""
    found = look_around(settings)
    if given.json:
        print(json.dumps(found.model_dump(exclude={"runner_id"}), indent=2))
        return 0
    print(f"name          {found.name}, pool {found.pool}, {found.slots} slots, version {found.version}")
    print(f"processors    {found.cpu_cores} cores, {found.memory_mb} MB memory, {found.disk_mb} MB disk")
    for device in found.devices:
        print(f"device {device.index}      {device.name}, {device.vram_mb} MB, compute capability {device.compute_capability or 'unknown'}")
    if not found.devices:
        print("devices       none (neither NVML nor nvidia-smi shows one)")
    print(f"memory types  {', '.join(found.memory_types)}")
    print(f"packages      {len(found.packages or [])} that functions can import; --json names them")
    print(f"handlers      {', '.join(found.handlers) or 'none'}")
    print(f"models        {', '.join(model.name for model in found.models) or 'none'}")
    print(f"sandbox       {found.sandbox}")
    return 0


def look_around(settings: Settings) -> Capabilities:
    with tempfile.TemporaryDirectory() as scratch:
        sandbox = find_sandbox(Path(scratch))
    return offer_capabilities(
        settings,
        runner_id="00000000-0000-0000-0000-000000000000",
        host=detect_host(settings.work_dir),
        devices=detect_devices(),
        memory_types=memory_types(),
        packages=packages(),
        models=detect_models(settings.models_dir, Limits().models_per_runner),
        handlers=list(handler_table(settings)),
        has_sandbox=isinstance(sandbox, Sandbox),
    )


def check(settings: Settings, _given: argparse.Namespace) -> int:
    """Whether a sandbox can be had here."""
    with tempfile.TemporaryDirectory() as scratch:
        sandbox = find_sandbox(Path(scratch))
    if isinstance(sandbox, NoSandbox):
        print(f"sandbox    none: {sandbox.reason}")
        print(f"           {without_sandbox(settings)}.")
        return 1
    how = "a user namespace" if sandbox.mode == "user_namespace" else "a user of its own for each slot, since the runner is root"
    print(f"sandbox    bubblewrap ({sandbox.program}), with {how}")
    for name, handler in handler_table(settings).items():
        print(f"handler    {name}: {handler.target}")
    return 0
