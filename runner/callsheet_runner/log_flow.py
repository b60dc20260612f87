"""A job's log lines on their way to the pool: gathered, cut to the limits, and never more than the run's log can hold."""

import asyncio
from collections.abc import Callable
from typing import Literal

from callsheet_runner.cut_text import cut_text
from callsheet_runner.lease import Lease
from callsheet_runner.wire import Limits, LogLines

LIMITS = Limits()
FLUSH_SECONDS = 0.2
#: Each flush takes at most so much; the rest of what came meanwhile is left out.
LINES_A_FLUSH = 200
BYTES_A_FLUSH = 96 * 1024

Stream = Literal["stdout", "stderr", "runner"]


class LogFlow:
    """The log of one lease."""

    def __init__(self, lease: Lease, say: Callable[[LogLines], None]) -> None:
        self._lease = lease
        self._say = say
        self._waiting: list[tuple[Stream, str]] = []
        self._waiting_bytes = 0
        self._left_out = 0
        self._room = LIMITS.log_bytes_per_run

    def add(self, stream: Stream, line: str) -> None:
        """Takes a line, or counts it as left out."""
        text = cut_text(line, LIMITS.log_line_length)
        size = len(text.encode("utf-8", "replace")) + 16
        if len(self._waiting) >= LINES_A_FLUSH or self._waiting_bytes + size > BYTES_A_FLUSH or size > self._room:
            self._left_out += 1
            return
        self._waiting.append((stream, text))
        self._waiting_bytes += size
        self._room -= size

    async def keep_flushing(self) -> None:
        """Sends what has gathered, again and again, until cancelled."""
        while True:
            await asyncio.sleep(FLUSH_SECONDS)
            self.flush()

    def flush(self) -> None:
        """Sends what has gathered: one message for each stretch of one stream."""
        gathered, self._waiting, self._waiting_bytes = self._waiting, [], 0
        if self._left_out and (gathered or self._room < LIMITS.log_line_length):
            gathered.append(("runner", f"{self._left_out} lines left out: {self._why()}"))
            self._left_out = 0
        stretch: list[str] = []
        for index, (stream, text) in enumerate(gathered):
            stretch.append(text)
            if index + 1 == len(gathered) or gathered[index + 1][0] != stream:
                self._say(LogLines(run_id=self._lease.run_id, fence=self._lease.fence, stream=stream, lines=stretch))
                stretch = []

    def _why(self) -> str:
        return "the run's log is full" if self._room < LIMITS.log_line_length else "too many at once"
