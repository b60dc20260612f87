"""Asks the registry over HTTP, for as long as asking again can help."""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urljoin

import httpx

from callsheet_runner.backoff import pauses
from callsheet_runner.outcome import Failed, FailureClass
from callsheet_runner.own_log import warn

#: Each passes by itself.
PASSING = {408, 425, 429, 500, 502, 503, 504}

Ask = Callable[[], Awaitable[httpx.Response]]


class Transfer:
    """HTTP to one registry. No token goes along: addresses of files carry their own right."""

    def __init__(self, url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._url = url
        timeout = httpx.Timeout(60.0, connect=15.0)
        self.http = httpx.AsyncClient(timeout=timeout, transport=transport, headers={"User-Agent": "callsheet-runner"})

    def absolute(self, path: str) -> str:
        """Addresses in messages are paths on the registry."""
        return urljoin(f"{self._url}/", path)

    async def insist(self, what: str, ask: Ask, give_up_after: float | None = None) -> httpx.Response:
        """The first answer that is final. Repeats while the registry is away or busy: for ever, or for that many seconds."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        for pause in pauses(0.3, 15.0):
            try:
                response = await ask()
                if response.status_code not in PASSING:
                    return response
                trouble = f"the registry answered {response.status_code}"
            except (httpx.TransportError, httpx.StreamError) as error:
                trouble = f"{type(error).__name__} {error}".strip()
            if give_up_after is not None and loop.time() - began > give_up_after:
                raise TimeoutError(trouble)
            warn("transfer_retry", f"{what}: {trouble}; trying again", what=what)
            await asyncio.sleep(pause)
        raise AssertionError("pauses never end")

    async def close(self) -> None:
        """Ends its connections."""
        await self.http.aclose()


def refusal_of(response: httpx.Response) -> str:
    """What the registry said, in one line."""
    try:
        told = response.json()
        return f"{response.status_code} {told['code']}: {told['detail']}"
    except (ValueError, KeyError, TypeError, httpx.ResponseNotRead):
        return f"{response.status_code} {response.reason_phrase}"


def upload_failed(response: httpx.Response, what: str) -> Failed:
    """A right that ran out or bytes that changed may go well next time; anything else will not."""
    failure_class: FailureClass = "transient" if response.status_code in (401, 403, 404, 409, 422) else "permanent"
    return Failed(failure_class, "upload_failed", f"{what} was not taken by the registry: {refusal_of(response)}")
