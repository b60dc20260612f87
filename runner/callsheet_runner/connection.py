"""The connection to a pool: made again for ever, alive only while it is heard."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import quote

import psutil
from pydantic import ValidationError
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, InvalidURI, WebSocketException

from callsheet_runner.backoff import pauses
from callsheet_runner.detect.devices import device_use
from callsheet_runner.detect.vram_of_others import vram_of_others
from callsheet_runner.message import Message
from callsheet_runner.own_log import tell, warn
from callsheet_runner.runner import RESEND_SECONDS, Runner, keys_of
from callsheet_runner.send_queue import SendQueue
from callsheet_runner.wire import Capabilities, Heartbeat, Hello, Limits, ToRunner, Welcome

LIMITS = Limits()
SUBPROTOCOL = "callsheet.runner.v1"
#: A pool sends a job's inputs and its interface in one message.
MOST_BYTES = 32 * 1024 * 1024
HELLO_SECONDS = 30.0
#: When the registry says no, asking often does not help, but someone may mend it.
REFUSED_SECONDS = 60.0


class Refused(Exception):
    """The registry, or what answers at its address, does not let us in. The message says why and what to do."""


@dataclass
class Pulse:
    """When the pool was last heard."""

    heard_at: float
    lease_seconds: float
    heartbeat_seconds: float


class Connection:
    """Connects one runner to its pool."""

    def __init__(self, runner: Runner, capabilities: Capabilities) -> None:
        self._runner = runner
        self._settings = runner.tools.settings
        self.capabilities = capabilities
        self.is_connected = asyncio.Event()
        self._socket: ClientConnection | None = None
        self._pauses = pauses()

    async def keep(self) -> None:
        """Connects, and again whenever the connection ends, until cancelled."""
        while True:
            try:
                await self._once()
                pause = next(self._pauses)
            except Refused as refused:
                pause = REFUSED_SECONDS
                warn("refused", f"{refused}; trying again in {pause:g} s")
            except (OSError, TimeoutError, WebSocketException) as error:
                pause = next(self._pauses)
                warn("disconnected", f"no connection to {self._settings.url}: {said_by(error)}; trying again in {pause:.1f} s")
            finally:
                self.is_connected.clear()
            await asyncio.sleep(pause)

    async def hello_again(self) -> None:
        """Ends the connection so that the next one tells the pool of new capabilities."""
        if self._socket is not None:
            await self._socket.close()

    async def _once(self) -> None:
        async with self._open() as socket:
            self._socket = socket
            try:
                await self._serve(socket, await self._greet(socket))
            except ConnectionClosed:
                pass
            finally:
                self._socket = None
            tell_closed(socket.close_code, socket.close_reason)

    async def _serve(self, socket: ClientConnection, pulse: Pulse) -> None:
        """Until the connection ends."""
        self.is_connected.set()
        self._pauses = pauses()
        tasks = [
            asyncio.create_task(self._listen(socket, pulse)),
            asyncio.create_task(say(socket, self._runner.queue)),
            asyncio.create_task(self._beat(socket, pulse)),
            asyncio.create_task(self._resend()),
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    @contextlib.asynccontextmanager
    async def _open(self) -> AsyncIterator[ClientConnection]:
        settings = self._settings
        url = f"{settings.url.replace('http', 'ws', 1)}/v1/runners/connect?pool={quote(settings.pool)}"
        try:
            connecting = connect(
                url,
                subprotocols=[SUBPROTOCOL],  # type: ignore[list-item]
                additional_headers={"Authorization": f"Bearer {settings.token}"},
                user_agent_header="callsheet-runner",
                max_size=MOST_BYTES,
                # The pool answers heartbeats; that is liveness enough, and wakes it less often.
                ping_interval=None,
                close_timeout=3,
            )
            socket = await connecting
        except InvalidStatus as refused:
            raise refusal(refused, settings.url) from refused
        except (InvalidHandshake, InvalidURI) as strange:
            raise Refused(f"{settings.url} does not speak {SUBPROTOCOL}; is it a Callsheet registry? ({strange})") from strange
        try:
            if socket.subprotocol != SUBPROTOCOL:
                raise Refused(f"{settings.url} does not speak {SUBPROTOCOL}; is it a Callsheet registry?")
            yield socket
        finally:
            await socket.close()

    async def _greet(self, socket: ClientConnection) -> Pulse:
        """Says hello and waits for the welcome."""
        runner = self._runner
        held = keys_of(runner.held(), LIMITS.leases_per_runner)
        await socket.send(Hello(capabilities=self.capabilities, leases=held, warm=runner.warm.keys()).to_json())
        async with asyncio.timeout(HELLO_SECONDS):
            while True:
                message = understood(await socket.recv())
                if message is None:
                    continue
                runner.hear(message)
                if isinstance(message, Welcome):
                    break
        waits = "" if message.approved else "; an admin must approve it before it gets jobs"
        facts = self.capabilities.model_dump(include={"runner_id", "name", "pool", "slots", "handlers", "sandbox"})
        where = f"{self._settings.url} as {facts['name']} in pool {facts['pool']}"
        tell("connected", f"connected to {where}{waits}", approved=message.approved, **facts)
        return Pulse(asyncio.get_running_loop().time(), message.lease_seconds, message.heartbeat_seconds)

    async def _listen(self, socket: ClientConnection, pulse: Pulse) -> None:
        async for text in socket:
            pulse.heard_at = asyncio.get_running_loop().time()
            message = understood(text)
            if message is not None:
                self._runner.hear(message)

    async def _beat(self, socket: ClientConnection, pulse: Pulse) -> None:
        """Heartbeats, whatever the jobs do. A pool that does not answer them is gone."""
        runner = self._runner
        while True:
            await asyncio.sleep(pulse.heartbeat_seconds)
            if asyncio.get_running_loop().time() - pulse.heard_at > max(pulse.lease_seconds, 3 * pulse.heartbeat_seconds):
                raise TimeoutError("the pool has not answered for a whole lease")
            beat = Heartbeat(
                leases=keys_of(runner.held(), LIMITS.leases_per_runner),
                warm=runner.warm.keys(),
                vram_used_by_others_mb=await self._others() if runner.tools.devices else {},
            )
            await socket.send(beat.to_json())

    async def _others(self) -> dict[str, int]:
        ours = {process.pid for process in psutil.Process().children(recursive=True)}
        return vram_of_others(await asyncio.to_thread(device_use), ours, self._runner.vram_leased_mb())

    async def _resend(self) -> None:
        while True:
            await asyncio.sleep(RESEND_SECONDS)
            self._runner.resend()


async def say(socket: ClientConnection, queue: SendQueue) -> None:
    """Sends what waits, in order."""
    while True:
        message = await queue.get()
        try:
            await socket.send(message.to_json())
        except BaseException:
            queue.put_back(message)
            raise


def understood(text: str | bytes) -> Message | None:
    """The message; None for one that this version does not know."""
    try:
        return ToRunner.model_validate_json(text).root
    except ValidationError as error:
        warn("not_understood", f"the pool said what this version ({len(text)} bytes) does not understand: {error.errors()[0]['msg']}")
        return None


def refusal(refused: InvalidStatus, url: str) -> Refused:
    status = refused.response.status_code
    body = bytes(refused.response.body or b"")[:300].decode("utf-8", "replace")
    match status:
        case 401:
            return Refused(f"{url} does not know the token (401); set CALLSHEET_RUNNER_TOKEN or --token-file")
        case 403:
            return Refused(f"the token may not connect runners at {url} (403); it needs the scope `runner`")
        case 404 | 405 | 200 | 301 | 302 | 308:
            return Refused(f"{url} has no runner connections (it answered {status}); is it a Callsheet registry?")
        case _ if status == 429 or status >= 500:
            # As if it were not there.
            raise ConnectionError(f"the registry answered {status}")
        case _:
            return Refused(f"{url} refused the connection ({status}): {body}")


def tell_closed(code: int | None, reason: str | None) -> None:
    if code == 1008:
        raise Refused(f"the pool closed the connection: {reason or 'another runner connected with this runner id, or an admin removed it'}")
    tell("closed", f"the connection ended ({code or 'broken'}{f': {reason}' if reason else ''})")


def said_by(error: BaseException) -> str:
    return str(error) or type(error).__name__
