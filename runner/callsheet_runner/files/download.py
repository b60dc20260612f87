"""Fetches files by digest into the cache."""

import asyncio
import contextlib
import hashlib
from collections import defaultdict
from pathlib import Path

import httpx

from callsheet_runner.files.cache import FileCache
from callsheet_runner.files.transfer import Transfer, refusal_of
from callsheet_runner.outcome import Failed, FailureClass

CHUNK = 256 * 1024
#: For this long a download is tried again before the attempt is given back.
PATIENCE_SECONDS = 300.0


class Downloads:
    """One download of a digest at a time, however many jobs want it."""

    def __init__(self, cache: FileCache, transfer: Transfer) -> None:
        self._cache = cache
        self._transfer = transfer
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def fetch(self, digest: str, url: str, size_bytes: int | None = None) -> Path:
        """The file's path in the cache. Raises `Failed` when it cannot be had or is not what its digest says."""
        async with self._locks[digest]:
            if not self._cache.has(digest):
                await self._fetch_new(digest, url, size_bytes)
            return self._cache.path_of(digest)

    async def _fetch_new(self, digest: str, url: str, size_bytes: int | None) -> None:
        partial = self._cache.partial(digest)
        for _ in range(2):
            await self._fill(partial, digest, url, size_bytes)
            if await asyncio.to_thread(digest_of, partial) == digest:
                self._cache.keep(digest, partial)
                return
            # What a broken download left may be the cause: once more from the start.
            partial.unlink(missing_ok=True)
        raise Failed("transient", "input_unavailable", f"the bytes of {digest} are not what their digest says, twice")

    async def _fill(self, partial: Path, digest: str, url: str, size_bytes: int | None) -> None:
        try:
            response = await self._transfer.insist(f"download of {digest}", lambda: self._get(partial, url, size_bytes), PATIENCE_SECONDS)
        except TimeoutError as error:
            raise Failed("transient", "input_unavailable", f"input {digest} could not be fetched: {error}") from error
        except OSError as error:
            raise Failed("transient", "input_unavailable", f"input {digest} could not be written: {error.strerror}") from error
        if response.status_code == 416:
            # Nothing is missing, or what is there is too long: its digest tells.
            return
        if response.status_code not in (200, 206):
            failure_class: FailureClass = "permanent" if response.status_code in (404, 410) else "transient"
            raise Failed(failure_class, "input_unavailable", f"input {digest} could not be fetched: {refusal_of(response)}")

    async def _get(self, partial: Path, url: str, size_bytes: int | None) -> httpx.Response:
        """Appends what is missing; on a break, what has arrived stays for the next try."""
        there = partial.stat().st_size if partial.exists() else 0
        headers = {"Range": f"bytes={there}-"} if there else {}
        async with self._transfer.http.stream("GET", self._transfer.absolute(url), headers=headers) as response:
            if response.status_code not in (200, 206):
                with contextlib.suppress(httpx.HTTPError):
                    await response.aread()
                return response
            with open(partial, "ab" if response.status_code == 206 else "wb") as file:
                async for chunk in response.aiter_bytes(CHUNK):
                    file.write(chunk)
                    if size_bytes is not None and file.tell() > size_bytes:
                        break
            return response


def digest_of(path: Path) -> str:
    """`sha256:…` of a file's bytes."""
    with open(path, "rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
