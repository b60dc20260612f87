"""One job from its lease to its report: fetch, run, send."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from callsheet import DECORATOR_API
from callsheet_runner import __version__
from callsheet_runner.cut_text import cut_start, cut_text
from callsheet_runner.files.cache import place_file
from callsheet_runner.files.upload import Right, name_of
from callsheet_runner.in_thread import in_thread
from callsheet_runner.job_command import JobPlan
from callsheet_runner.job_process import Listener, run_process
from callsheet_runner.lease import lease_of
from callsheet_runner.log_flow import LogFlow
from callsheet_runner.message import Message
from callsheet_runner.outbox import Report
from callsheet_runner.outcome import Done, Failed
from callsheet_runner.output_files import with_digests
from callsheet_runner.progress_flow import ProgressFlow
from callsheet_runner.tools import Tools
from callsheet_runner.wire import FailureReport, JobOffer, Limits, OfferedFile, ResultReport, Source, Started

LIMITS = Limits()
#: Larger outputs travel as a file.
MESSAGE_BYTES = LIMITS.runner_message_bytes - 64 * 1024
AT_ONCE = 4

Say = Callable[[Message], None]


async def do_lease(tools: Tools, offer: JobOffer, slot: int, say: Say) -> Report:
    """What to report of the job. Cancelled, it leaves nothing behind."""
    try:
        with tools.cache.using(digests_of(offer)):
            return await attempt(tools, offer, slot, say)
    except Failed as failed:
        return failure_report(offer, failed)


async def attempt(tools: Tools, offer: JobOffer, slot: int, say: Say) -> ResultReport:
    plan = JobPlan(tools, offer, slot)
    target, readable = code_of(tools, plan, offer)
    loop = asyncio.get_running_loop()
    try:
        await in_thread(plan.directory.make, plan.uid)
        inputs = await prepare(tools, offer, plan)
        plan.write_spec(target, *inputs, {name: field.model_dump(exclude_none=True) for name, field in offer.outputs.items()})
        began = loop.time()
        async with listener(tools, offer, plan, say) as heard:
            outcome = await run_process(plan.command(readable), plan.bounds(), heard)
        run_seconds = round(loop.time() - began, 3)
        if isinstance(outcome, Failed):
            raise outcome
        return await send_outputs(tools, offer, plan, outcome, run_seconds)
    except OSError as error:
        # Of this machine: a full disk, most likely. Another runner may have room.
        raise Failed("transient", "process_died", f"the runner could not start the job: {error}") from error
    finally:
        await in_thread(plan.directory.remove)


def code_of(tools: Tools, plan: JobPlan, offer: JobOffer) -> tuple[str, list[Path]]:
    """What the job's process loads, and what it must be able to read for that."""
    if offer.source is not None:
        if plan.sandbox is None and not tools.settings.allow_unsandboxed:
            raise Failed("permanent", "sandbox_missing", "this runner has no sandbox and was not started with --allow-unsandboxed")
        check_source(offer.source)
        return "", []
    handler = tools.handlers.get(offer.handler or "")
    if handler is None:
        has = ", ".join(tools.handlers) or "none"
        raise Failed("permanent", "handler_missing", f"this runner has no handler {offer.handler}; it has {has}")
    return handler.target, [handler.path] if handler.path else []


def check_source(source: Source) -> None:
    """Refuses what this runner was not made for, rather than call it in a wrong way."""
    if source.runtime == "javascript":
        raise Failed("permanent", "dependency_missing", "a JavaScript function runs at the edge; this runner runs Python")
    if source.api > DECORATOR_API:
        raise Failed(
            "permanent",
            "dependency_missing",
            f"the function was published for version {source.api} of callsheet.memory; this runner ({__version__}) knows {DECORATOR_API}: "
            "install a newer callsheet-runner",
        )


async def prepare(tools: Tools, offer: JobOffer, plan: JobPlan) -> tuple[dict[str, Any], dict[str, Path]]:
    """Fetches what the job needs into its folder: its inputs, and the path of each file among them."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def fetch(file: OfferedFile) -> tuple[str, Path]:
        async with gate:
            cached = await tools.downloads.fetch(file.digest, file.url, file.size_bytes)
        at = plan.directory.inputs / file.digest.removeprefix("sha256:")[:16] / name_of(file.name or "file")
        await in_thread(place_file, cached, at, plan.sandbox is not None)
        return file.digest, at

    files = dict(await gather_all([fetch(file) for file in offer.files]))
    if offer.source is not None:
        cached = await tools.downloads.fetch(offer.source.digest, offer.source.url)
        place_file(cached, plan.source_file, plan.sandbox is not None)
    if offer.inputs is not None:
        return offer.inputs, files
    if offer.inputs_file is None:
        raise Failed("transient", "input_unavailable", "the job came without inputs")
    cached = await tools.downloads.fetch(offer.inputs_file.digest, offer.inputs_file.url)
    return json.loads(cached.read_bytes()), files


async def gather_all(work: list[Any]) -> list[Any]:
    """As `asyncio.gather`, but when one fails the others are stopped, and have ended when this does."""
    running = [asyncio.ensure_future(one) for one in work]
    try:
        return await asyncio.gather(*running)
    finally:
        for one in running:
            one.cancel()
        await asyncio.gather(*running, return_exceptions=True)


@contextlib.asynccontextmanager
async def listener(tools: Tools, offer: JobOffer, plan: JobPlan, say: Say) -> AsyncIterator[Listener]:
    """Passes on what the job says; what is left at its end goes out before its report."""
    lease = lease_of(offer)
    log = LogFlow(lease, say)
    progress = ProgressFlow(lease, plan.directory.output, tools.uploads, right_of(offer), say)
    flows = [asyncio.create_task(log.keep_flushing()), asyncio.create_task(progress.keep_flushing())]
    try:
        yield Listener(
            lambda: say(Started(run_id=offer.run_id, fence=offer.fence)),
            progress.add,
            lambda stream, line: log.add("stderr" if stream == "stderr" else "stdout", line),
        )
    finally:
        for flow in flows:
            flow.cancel()
        await asyncio.gather(*flows, return_exceptions=True)
        log.flush()
    await progress.flush()


async def send_outputs(tools: Tools, offer: JobOffer, plan: JobPlan, done: Done, run_seconds: float) -> ResultReport:
    """Uploads the files, and the outputs themselves where they are too large for a message."""
    right, known = right_of(offer), {file.digest for file in offer.files}
    sent: dict[str, str] = {}

    async def send(relative: str) -> str:
        if relative not in sent:
            sent[relative] = await tools.uploads.send_output(right, plan.directory.output, relative)
        return sent[relative]

    outputs = [await with_digests(one, offer.outputs, known, send) for one in done.outputs]
    text = as_json(outputs)
    if len(text) > LIMITS.value_bytes:
        raise Failed("validation", "invalid_outputs", f"the outputs are {len(text)} bytes of JSON; at most {LIMITS.value_bytes} are taken")
    if len(text) <= MESSAGE_BYTES:
        return ResultReport(run_id=offer.run_id, fence=offer.fence, outputs=outputs, outputs_digest=None, run_seconds=run_seconds)
    digest = await tools.uploads.send_bytes(right, text, "outputs.json")
    return ResultReport(run_id=offer.run_id, fence=offer.fence, outputs=None, outputs_digest=digest, run_seconds=run_seconds)


def as_json(outputs: list[dict[str, Any]]) -> bytes:
    """A job that forges its answer can say what is no JSON."""
    try:
        return json.dumps(outputs, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise Failed("validation", "invalid_outputs", f"the outputs cannot be said in JSON: {error}") from error


def failure_report(offer: JobOffer, failed: Failed) -> FailureReport:
    """`failed` as it is said, within the registry's limits."""
    return FailureReport(
        run_id=offer.run_id,
        fence=offer.fence,
        class_=failed.failure_class,
        code=failed.code,  # type: ignore[arg-type]
        message=cut_text(failed.message, LIMITS.failure_message_length),
        detail=None if failed.detail is None else cut_start(failed.detail, LIMITS.failure_detail_length),
    )


def right_of(offer: JobOffer) -> Right:
    return Right(offer.files_url, offer.uploads_url)


def digests_of(offer: JobOffer) -> list[str]:
    """All that the job reads from the cache."""
    others = [offer.source.digest] if offer.source else []
    others += [offer.inputs_file.digest] if offer.inputs_file else []
    return [file.digest for file in offer.files] + others
