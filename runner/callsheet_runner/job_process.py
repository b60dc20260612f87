"""Starts a job's process, watches it, hears it out, and ends it with everything it started."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from callsheet_runner.child_pipe import lines_of, messages_of, read_pipe
from callsheet_runner.end_processes import end_namespace, end_strays
from callsheet_runner.outcome import Done, Failed, Outcome
from callsheet_runner.process_watch import Bounds, watch_process
from callsheet_runner.wire import Limits

LIMITS = Limits()
#: A process that has given its answer may take this long to go.
LEAVE_SECONDS = 2.0
#: bwrap says at once which process it started.
START_SECONDS = 10.0


@dataclass(frozen=True)
class Command:
    """What to start. `arguments(channel_fd, info_fd)` is the whole command line."""

    arguments: Callable[[int, int | None], list[str]]
    environment: dict[str, str]
    #: A process id to be told by the sandbox; without one, strays are found by their environment.
    has_sandbox: bool
    #: In the environment of everything that the job starts.
    marker: str


@dataclass(frozen=True)
class Listener:
    """Who hears what the job says while it runs."""

    started: Callable[[], None]
    progress: Callable[[dict[str, Any]], None]
    log: Callable[[str, str], None]


async def run_process(command: Command, bounds: Bounds, listener: Listener) -> Outcome:
    """The outcome of one job. Whatever happens, nothing of it runs any more when this returns or is cancelled."""
    starting = asyncio.ensure_future(start(command))
    try:
        running = await asyncio.shield(starting)
    except asyncio.CancelledError:
        # Half a start cannot be taken back: bwrap's first process would outlive it.
        await end(await starting)
        raise
    try:
        listener.started()
        return await hear_out(running, bounds, listener)
    finally:
        await asyncio.shield(end(running))


@dataclass
class Running:
    """A job's process and what leads to it."""

    process: asyncio.subprocess.Process
    channel_fd: int
    marker: str
    #: Of the first process of the job's namespace: with it, all of them end.
    pidfd: int | None


async def start(command: Command) -> Running:
    channel_read, channel_write = os.pipe()
    info_read, info_write = os.pipe() if command.has_sandbox else (None, None)
    passed = [fd for fd in (channel_write, info_write) if fd is not None]
    try:
        process = await asyncio.create_subprocess_exec(
            *command.arguments(channel_write, info_write),
            env={**command.environment, "CALLSHEET_JOB": command.marker},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=passed,
            start_new_session=True,
        )
    except BaseException:
        for fd in (channel_read, info_read):
            if fd is not None:
                os.close(fd)
        raise
    finally:
        for fd in passed:
            os.close(fd)
    pidfd = None if info_read is None else await first_of_namespace(info_read)
    return Running(process, channel_read, command.marker, pidfd)


async def first_of_namespace(info_fd: int) -> int | None:
    """What bwrap tells of it; None when it ended before it could."""
    with contextlib.suppress(ValueError, KeyError, TypeError, OSError, TimeoutError):
        async with asyncio.timeout(START_SECONDS):
            told = b"".join([chunk async for chunk in read_pipe(info_fd)])
        return os.pidfd_open(int(json.loads(told)["child-pid"]))
    return None


async def hear_out(running: Running, bounds: Bounds, listener: Listener) -> Outcome:
    last_words: deque[str] = deque(maxlen=30)
    answer: list[dict[str, Any]] = []
    hearing = [
        asyncio.create_task(hear_channel(running, answer, listener)),
        asyncio.create_task(hear_stream(running.process.stdout, "stdout", listener, None)),
        asyncio.create_task(hear_stream(running.process.stderr, "stderr", listener, last_words)),
    ]
    leaving = asyncio.create_task(wait_for_end(running.process, hearing[0]))
    watching = asyncio.create_task(watch_process(running.process.pid, bounds))
    try:
        await asyncio.wait({leaving, watching}, return_when=asyncio.FIRST_COMPLETED)
        if watching.done() and not leaving.done():
            return watching.result()
        await asyncio.wait(hearing, timeout=1)
        if hearing[0].done() and hearing[0].exception() is not None:
            return Failed("validation", "invalid_outputs", f"the outputs are over {LIMITS.value_bytes} bytes of JSON")
        return outcome_of(answer, running.process.returncode, list(last_words))
    finally:
        for task in (*hearing, leaving, watching):
            task.cancel()
        await asyncio.gather(*hearing, leaving, watching, return_exceptions=True)


async def wait_for_end(process: asyncio.subprocess.Process, channel: asyncio.Task[None]) -> None:
    """Until the process is gone, or has answered and had time to go."""
    exited = asyncio.create_task(process.wait())
    try:
        await asyncio.wait({exited, channel}, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait({exited}, timeout=LEAVE_SECONDS)
    finally:
        exited.cancel()


async def hear_channel(running: Running, answer: list[dict[str, Any]], listener: Listener) -> None:
    """Ends with the first answer: what a job says after it does not count."""
    fd, running.channel_fd = running.channel_fd, -1
    async with contextlib.aclosing(messages_of(fd, LIMITS.value_bytes + 64 * 1024)) as messages:
        async for message in messages:
            match message["type"]:
                case "progress":
                    listener.progress(message)
                case "log":
                    for line in str(message.get("text")).splitlines() or [""]:
                        listener.log("stdout", line)
                case "done" | "failed":
                    answer.append(message)
                    return


async def hear_stream(reader: asyncio.StreamReader | None, stream: str, listener: Listener, last_words: deque[str] | None) -> None:
    if reader is None:
        return
    async for line in lines_of(reader, LIMITS.log_line_length):
        if last_words is not None:
            last_words.append(line)
        listener.log(stream, line)


async def end(running: Running) -> None:
    """Kills what is left, and waits until it is gone: nobody writes into the outputs while they are read."""
    if running.pidfd is not None:
        await end_namespace(running.pidfd)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(running.process.pid, signal.SIGKILL)
    await running.process.wait()
    if running.pidfd is None:
        await asyncio.to_thread(end_strays, running.marker)
    if running.channel_fd >= 0:
        os.close(running.channel_fd)


def outcome_of(answer: list[dict[str, Any]], code: int | None, last_words: list[str]) -> Outcome:
    said = answer[0] if answer else {}
    if said.get("type") == "done" and is_outputs(said.get("outputs")):
        return Done(said["outputs"])
    if said.get("type") == "failed":
        return failure_said(said)
    detail = "\n".join(last_words) or None
    if code is not None and code in (-signal.SIGXCPU, 128 + signal.SIGXCPU):
        return Failed("permanent", "timed_out", "the job used more processor time than its timeout allows", detail)
    return Failed("unknown", "process_died", f"the job's process {ending(code)} without an answer", detail)


def is_outputs(value: object) -> bool:
    return isinstance(value, list) and 1 <= len(value) <= LIMITS.outputs_per_run and all(isinstance(one, dict) for one in value)


#: What a job may say of itself; whoever forges another only harms his own run.
SAYABLE = {
    "transient": {"handler_error"},
    "resource": {"out_of_memory", "out_of_vram"},
    "validation": {"invalid_inputs", "invalid_outputs"},
    "permanent": {"handler_error", "model_missing", "dependency_missing", "handler_missing"},
    "unknown": {"handler_error"},
}


def failure_said(said: dict[str, Any]) -> Failed:
    known = said.get("code") in SAYABLE.get(str(said.get("class")), set())
    detail = said.get("detail")
    return Failed(
        said["class"] if known else "unknown",
        said["code"] if known else "handler_error",
        str(said.get("message") or "the handler failed without a word"),
        detail if isinstance(detail, str) else None,
    )


def ending(code: int | None) -> str:
    if code is None:
        return "was ended"
    number = -code if code < 0 else code - 128
    if code < 0 or code > 128:
        with contextlib.suppress(ValueError):
            return f"was killed by {signal.Signals(number).name}"
    return f"exited with status {code}"
