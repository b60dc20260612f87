"""Reads what a job's process writes, line by line, without trusting any of it."""

import asyncio
import json
import os
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

CHUNK = 64 * 1024


class LineTooLong(Exception):
    """A line on the channel was longer than any honest one."""


async def read_pipe(fd: int) -> AsyncIterator[bytes]:
    """Chunks of a pipe until its other end is closed. Takes `fd` over."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=CHUNK)
    transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(fd, "rb", 0))
    try:
        while chunk := await reader.read(CHUNK):
            yield chunk
    finally:
        transport.close()


async def messages_of(fd: int, most_bytes: int) -> AsyncGenerator[dict[str, Any], None]:
    """The JSON objects that come over a channel. A line that is none is passed over."""
    kept = b""
    async for chunk in read_pipe(fd):
        kept += chunk
        *lines, kept = kept.split(b"\n")
        if len(kept) > most_bytes:
            raise LineTooLong
        for line in lines:
            message = object_of(line)
            if message is not None:
                yield message


def object_of(line: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and isinstance(value.get("type"), str) else None


async def lines_of(reader: asyncio.StreamReader, most_bytes: int) -> AsyncIterator[str]:
    """Lines of text; a longer one is cut and its rest left out."""
    kept = b""
    is_cut = False
    while chunk := await reader.read(CHUNK):
        *lines, kept = (kept + chunk).split(b"\n")
        for line in lines:
            if not is_cut:
                yield text_of(line[:most_bytes])
            is_cut = False
        if len(kept) > most_bytes:
            if not is_cut:
                yield text_of(kept[:most_bytes])
            is_cut, kept = True, b""
    if kept and not is_cut:
        yield text_of(kept)


def text_of(line: bytes) -> str:
    # A progress bar writes over its line; what stands there last counts.
    return line.decode("utf-8", "replace").rstrip("\r").rpartition("\r")[2]
