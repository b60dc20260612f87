"""A job's progress on its way to the pool: at most a few reports a second, always the last one, previews uploaded first."""

import asyncio
import contextlib
import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from callsheet_runner.cut_text import cut_text
from callsheet_runner.files.open_beneath import open_beneath
from callsheet_runner.files.upload import Right, Uploads, name_of
from callsheet_runner.lease import Lease
from callsheet_runner.outcome import Failed
from callsheet_runner.wire import Limits, ProgressReport

LIMITS = Limits()
EVERY_SECONDS = 0.25
#: A preview is small; a larger one is not shown.
PREVIEW_BYTES = 2 * 1024 * 1024
#: A preview that takes longer is out of date.
PREVIEW_SECONDS = 10.0


class ProgressFlow:
    """The progress of one lease."""

    def __init__(self, lease: Lease, folder: Path, uploads: Uploads, right: Right, say: Callable[[ProgressReport], None]) -> None:
        self._lease = lease
        self._folder = folder
        self._uploads = uploads
        self._right = right
        self._say = say
        self._latest: dict[str, Any] | None = None
        self._news = asyncio.Event()

    def add(self, told: dict[str, Any]) -> None:
        """Takes what the job told; a report that was not sent yet is replaced, but its preview is kept."""
        if self._latest is not None and told.get("preview") is None:
            told = {**told, "preview": self._latest.get("preview")}
        self._latest = told
        self._news.set()

    async def keep_flushing(self) -> None:
        """Sends the latest report, again and again, until cancelled."""
        while True:
            await self._news.wait()
            await self.flush()
            await asyncio.sleep(EVERY_SECONDS)

    async def flush(self) -> None:
        """Sends the latest report, if there is one that was not sent."""
        told, self._latest = self._latest, None
        self._news.clear()
        if told is None:
            return
        try:
            preview = await self._preview(told.get("preview"))
        except asyncio.CancelledError:
            # The job has ended meanwhile; its last report is sent all the same.
            self._latest = self._latest or told
            raise
        report = self._report(told, preview)
        if report is not None:
            self._say(report)

    def _report(self, told: dict[str, Any], preview: str | None) -> ProgressReport | None:
        fraction, message = told.get("fraction"), told.get("message")
        if isinstance(fraction, bool) or not isinstance(fraction, (int, float)) or not math.isfinite(fraction):
            return None
        return ProgressReport(
            run_id=self._lease.run_id,
            fence=self._lease.fence,
            stage=cut_text(str(told.get("stage", "")), 64),
            fraction=min(1.0, max(0.0, float(fraction))),
            message=cut_text(message, LIMITS.progress_message_length) if isinstance(message, str) else None,
            preview=preview,
        )

    async def _preview(self, relative: object) -> str | None:
        if not isinstance(relative, str):
            return None
        with contextlib.suppress(OSError, Failed, TimeoutError):
            with os.fdopen(open_beneath(self._folder, relative), "rb") as file:
                content = file.read(PREVIEW_BYTES + 1)
            if len(content) <= PREVIEW_BYTES:
                return await asyncio.wait_for(self._uploads.send_bytes(self._right, content, name_of(relative)), PREVIEW_SECONDS)
        return None
