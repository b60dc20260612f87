"""`callsheet-runner run`: puts the parts together, and takes them apart when asked to stop."""

import asyncio
import contextlib
import signal

from callsheet_runner.connection import Connection
from callsheet_runner.detect.devices import detect_devices
from callsheet_runner.detect.host import detect_host
from callsheet_runner.detect.memory_types import memory_types
from callsheet_runner.detect.models import ModelHashes, detect_models, model_files
from callsheet_runner.detect.packages import packages
from callsheet_runner.end_processes import end_strays
from callsheet_runner.files.cache import FileCache
from callsheet_runner.files.download import Downloads
from callsheet_runner.files.transfer import Transfer
from callsheet_runner.files.upload import Uploads
from callsheet_runner.handler_table import handler_table
from callsheet_runner.job_directory import JobDirectory
from callsheet_runner.offer_capabilities import offer_capabilities
from callsheet_runner.own_log import tell, warn
from callsheet_runner.runner import Runner
from callsheet_runner.sandbox.bubblewrap import NoSandbox, Sandbox, find_sandbox
from callsheet_runner.settings import BadSetting, Settings
from callsheet_runner.tools import Tools
from callsheet_runner.wire import Capabilities, Limits
from callsheet_runner.work_dir import WorkDir

LIMITS = Limits()
GB = 1024**3
#: What the pool has to acknowledge the last words.
LAST_WORDS_SECONDS = 5.0


async def run(settings: Settings) -> int:
    """Serves the pool until it is told to stop; the exit code."""
    work_dir = WorkDir(settings.work_dir)
    check(settings)
    work_dir.open()
    clear(work_dir)
    transfer = Transfer(settings.url)
    tools = make_tools(settings, work_dir, transfer)
    hashes = ModelHashes(work_dir.model_hashes)
    ended = asyncio.Event()
    runner = Runner(tools, on_job_ended=ended.set)
    runner.outbox.load()
    connection = Connection(runner, capabilities_of(tools, hashes))
    stop, stop_now = asyncio.Event(), asyncio.Event()
    listen_to_signals(stop, stop_now)
    keeping = asyncio.create_task(connection.keep())
    hashing = asyncio.create_task(hash_models(tools, hashes, connection))
    try:
        await wait_for_stop(stop, ended if settings.once else None, keeping)
        await leave(runner, settings, stop_now)
    finally:
        for task in (keeping, hashing):
            task.cancel()
        await asyncio.gather(keeping, hashing, return_exceptions=True)
        await transfer.close()
    tell("stopped", "stopped")
    return 0


def check(settings: Settings) -> None:
    if not settings.token:
        raise BadSetting("a token is needed: set CALLSHEET_RUNNER_TOKEN, or use --token-file")
    if settings.models_dir and settings.work_dir.is_relative_to(settings.models_dir):
        raise BadSetting(f"--work-dir {settings.work_dir} lies in --models {settings.models_dir}, which jobs can read")


def clear(work_dir: WorkDir) -> None:
    """A killed runner's jobs died with it. One that was just starting may have got away, since bwrap begins to watch its parent
    some milliseconds late: it ends here."""
    strays = end_strays(f"{work_dir.runner_id()}/")
    if strays:
        warn("strays", f"{strays} processes of an earlier run were still there and were ended")
    for folder in work_dir.jobs.iterdir():
        JobDirectory(folder).remove()


def make_tools(settings: Settings, work_dir: WorkDir, transfer: Transfer) -> Tools:
    """Looks at the machine and takes the folder's parts into use."""
    sandbox = find_sandbox(work_dir.jobs)
    if isinstance(sandbox, NoSandbox):
        warn("no_sandbox", f"{sandbox.reason}. {without_sandbox(settings)}")
    cache = FileCache(work_dir.files, int(settings.cache_gb * GB))
    return Tools(
        settings=settings,
        work_dir=work_dir,
        runner_id=work_dir.runner_id(),
        handlers=handler_table(settings),
        devices=detect_devices(),
        sandbox=sandbox if isinstance(sandbox, Sandbox) else None,
        cache=cache,
        downloads=Downloads(cache, transfer),
        uploads=Uploads(transfer),
    )


def without_sandbox(settings: Settings) -> str:
    if settings.allow_unsandboxed:
        return "Handlers and user code run unsandboxed, with this runner's rights, since --allow-unsandboxed was given"
    return "Handlers run unsandboxed, with this runner's rights; user code is refused"


def capabilities_of(tools: Tools, hashes: ModelHashes) -> Capabilities:
    """What to offer."""
    return offer_capabilities(
        tools.settings,
        runner_id=tools.runner_id,
        host=detect_host(tools.work_dir.root),
        devices=tools.devices,
        memory_types=memory_types(),
        packages=packages(),
        models=detect_models(tools.settings.models_dir, LIMITS.models_per_runner, hashes),
        handlers=list(tools.handlers),
        has_sandbox=tools.sandbox is not None,
    )


async def hash_models(tools: Tools, hashes: ModelHashes, connection: Connection) -> None:
    """Calculates the hashes of new model files beside the work, and tells the pool when that is done."""
    folder = tools.settings.models_dir
    if folder is None or not await asyncio.to_thread(lambda: hashes.calculate(model_files(folder))):
        return
    connection.capabilities = capabilities_of(tools, hashes)
    await connection.hello_again()


def listen_to_signals(stop: asyncio.Event, stop_now: asyncio.Event) -> None:
    """The first signal drains, the second lets go at once."""

    def on_signal() -> None:
        (stop_now if stop.is_set() else stop).set()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, on_signal)


async def wait_for_stop(stop: asyncio.Event, ended: asyncio.Event | None, keeping: "asyncio.Task[None]") -> None:
    """Until one of the two is set. A bug in the connection's keeping ends the runner: better started again than deaf."""
    waiting = [asyncio.create_task(event.wait()) for event in (stop, ended) if event is not None]
    await asyncio.wait([*waiting, keeping], return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    if keeping.done():
        keeping.result()


async def leave(runner: Runner, settings: Settings, stop_now: asyncio.Event) -> None:
    """Takes no further jobs, finishes those under way within the grace, hands the rest back."""
    tell("draining", f"draining: jobs have {settings.grace_seconds:g} s to end; a second signal hands them back at once")
    runner.begin_drain()
    finishing = asyncio.create_task(runner.finish(settings.grace_seconds))
    hurry = asyncio.create_task(stop_now.wait())
    await asyncio.wait({finishing, hurry}, return_when=asyncio.FIRST_COMPLETED)
    for task in (finishing, hurry):
        task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await runner.let_go(LAST_WORDS_SECONDS)
