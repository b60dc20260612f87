"""The runner: which leases it holds, and what follows from each thing that the pool says."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from callsheet_runner.do_lease import do_lease, failure_report
from callsheet_runner.lease import Lease, lease_of
from callsheet_runner.message import Message
from callsheet_runner.outbox import Outbox, Report
from callsheet_runner.outcome import Failed
from callsheet_runner.own_log import LOG, tell, warn
from callsheet_runner.send_queue import SendQueue
from callsheet_runner.tools import Tools
from callsheet_runner.warm import Warm
from callsheet_runner.wire import (
    Accepted,
    Approved,
    Cancel,
    Drain,
    Draining,
    FailureReport,
    Heard,
    JobOffer,
    LeaseKey,
    ProtocolError,
    Refused,
    Release,
    Started,
    Welcome,
)

#: An unacknowledged report is said again after this, on a connection that stands.
RESEND_SECONDS = 15.0


@dataclass
class Work:
    """A job under way."""

    offer: JobOffer
    slot: int
    task: "asyncio.Task[None]"
    has_started: bool = False


class Runner:
    """Holds no connection: what is to be said goes into `queue`, what was heard comes in by `hear`."""

    def __init__(self, tools: Tools, on_job_ended: Callable[[], None] = lambda: None) -> None:
        self.tools = tools
        self.queue = SendQueue()
        self.outbox = Outbox(tools.work_dir.outbox)
        self.warm = Warm()
        self.is_draining = False
        self._on_job_ended = on_job_ended
        self._work: dict[Lease, Work] = {}
        #: Jobs that were stopped and are still being cleaned away.
        self._leaving: set[asyncio.Task[None]] = set()
        self._releases: set[Lease] = set()
        self._changed = asyncio.Event()

    # What the connection asks.

    def held(self) -> list[Lease]:
        """Leases that it works on, or whose reports it could not hand over yet."""
        return list(dict.fromkeys([*self._work, *self.outbox.leases()]))

    def vram_leased_mb(self) -> dict[int, int]:
        """By device."""
        leased: dict[int, int] = {}
        for work in self._work.values():
            if work.offer.device is not None:
                leased[work.offer.device] = leased.get(work.offer.device, 0) + work.offer.needs.vram_mb
        return leased

    def hear(self, message: Message) -> None:
        """Does what follows from a message of the pool."""
        match message:
            case JobOffer():
                self._take(message)
            case Accepted():
                self._answered(lease_of(message), None)
            case Refused():
                self._answered(lease_of(message), message.message)
            case Cancel():
                self._stop(lease_of(message), f"cancelled: {message.reason}")
                self.outbox.drop(lease_of(message))
            case Heard():
                for key in message.lost:
                    self._stop(lease_of(key), "its lease is over")
            case Welcome():
                self._welcomed(message)
            case Approved():
                tell("approved", "an admin approved this runner")
            case Drain():
                tell(
                    "paused" if message.on else "resumed", f"an admin gives this runner {'no further jobs' if message.on else 'jobs again'}"
                )
            case ProtocolError():
                warn("pool_error", f"the pool did not understand: {message.code} {message.message}", code=message.code)
        self._changed.set()

    def resend(self) -> None:
        """Says again what was not acknowledged."""
        for report in self.outbox.reports():
            self.queue.put(report)

    # What the pool says.

    def _welcomed(self, welcome: Welcome) -> None:
        ours = {lease_of(key) for key in welcome.leases}
        for lease in [lease for lease in self._work if lease not in ours]:
            self._stop(lease, "its lease ran out meanwhile")
        for lease in [lease for lease in self.outbox.leases() if lease not in ours]:
            self.outbox.drop(lease)
            warn("report_forgotten", f"run {lease.run_id}: its lease ran out before its outcome could be handed over", run_id=lease.run_id)
        for lease, work in self._work.items():
            if work.has_started:
                self.queue.put(Started(run_id=lease.run_id, fence=lease.fence))
        self.resend()
        if self.is_draining:
            self.queue.put(Draining())

    def _take(self, offer: JobOffer) -> None:
        lease = lease_of(offer)
        if lease in self._work or lease in self.outbox.leases():
            return
        for older in [held for held in self._work if held.run_id == lease.run_id]:
            self._stop(older, "the run was leased anew")
        slots = set(range(self.tools.settings.slots)) - {work.slot for work in self._work.values()}
        if self.is_draining or not slots:
            self._release(lease, "the runner is draining" if self.is_draining else "no slot is free")
            return
        task = asyncio.create_task(self._do(lease, offer, min(slots)))
        self._work[lease] = Work(offer, min(slots), task)
        self.warm.use(offer.digest, *(model.name for model in offer.needs.models))
        what = f"{offer.name} {offer.version}, attempt {offer.attempt}"
        tell("job_taken", f"run {offer.run_id}: {what}", run_id=offer.run_id, name=offer.name)

    async def _do(self, lease: Lease, offer: JobOffer, slot: int) -> None:
        try:
            report = await do_lease(self.tools, offer, slot, self._say)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            LOG.exception("run %s: the runner itself failed", lease.run_id)
            report = failure_report(offer, Failed("unknown", "process_died", f"the runner failed: {type(error).__name__}: {error}"))
        self.outbox.put(report)
        self._work.pop(lease, None)
        self.queue.put(report)
        tell("job_ended", f"run {lease.run_id}: {told(report)}", run_id=lease.run_id, outcome=report.type)
        self._changed.set()
        self._on_job_ended()

    def _say(self, message: Message) -> None:
        if isinstance(message, Started):
            work = self._work.get(lease_of(message))
            if work is not None:
                work.has_started = True
        self.queue.put(message)

    def _stop(self, lease: Lease, why: str) -> None:
        work = self._work.pop(lease, None)
        if work is None:
            return
        tell("job_stopped", f"run {lease.run_id} is stopped: {why}", run_id=lease.run_id)
        work.task.cancel()
        self._leaving.add(work.task)
        work.task.add_done_callback(self._left)

    def _left(self, task: "asyncio.Task[None]") -> None:
        self._leaving.discard(task)
        self._changed.set()
        self._on_job_ended()

    def _answered(self, lease: Lease, refusal: str | None) -> None:
        self._releases.discard(lease)
        self._stop(lease, "the pool refused it")
        if self.outbox.drop(lease) and refusal is not None:
            warn("report_refused", f"run {lease.run_id}: the pool did not take its outcome: {refusal}", run_id=lease.run_id)

    def _release(self, lease: Lease, reason: str) -> None:
        self._releases.add(lease)
        self.queue.put(Release(run_id=lease.run_id, fence=lease.fence, reason=reason))

    # The end.

    def begin_drain(self) -> None:
        """Takes no further jobs."""
        self.is_draining = True
        self.queue.put(Draining())

    async def finish(self, seconds: float) -> None:
        """Waits until every job has ended, at most so long."""
        await self._until(lambda: not self._work, seconds)

    async def let_go(self, seconds: float) -> None:
        """Releases what is still under way, and waits a little until the pool has heard it all."""
        for lease in list(self._work):
            self._stop(lease, "the runner goes")
            self._release(lease, "the runner was stopped before the job ended")
        await self._until(lambda: not self._leaving, 30.0)
        await self._until(lambda: not self._releases and not self.outbox.leases() and self.queue.is_empty(), seconds)

    async def _until(self, holds: Callable[[], bool], seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not holds():
                    self._changed.clear()
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._changed.wait(), 0.2)


def told(report: Report) -> str:
    if isinstance(report, FailureReport):
        return f"failed ({report.class_}, {report.code}): {report.message}"
    return f"done in {report.run_seconds:g} s"


def keys_of(leases: list[Lease], most: int) -> list[LeaseKey]:
    """As they are said on the wire."""
    return [lease.key() for lease in leases[:most]]
