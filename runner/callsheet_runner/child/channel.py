"""The one way from a job's process to its runner: a pipe, one JSON object a line."""

import json
import os
import select
import threading
from typing import Any


class Channel:
    """Writes whole lines, from any thread. What it writes concerns this job only: the pipe is the lease."""

    def __init__(self, fd: int) -> None:
        # Programs that a handler starts do not get it.
        os.set_inheritable(fd, False)
        self._fd = fd
        self._lock = threading.Lock()

    def send(self, message: dict[str, Any]) -> None:
        """Sends one message; blocks while the runner is behind."""
        line = json.dumps(message, allow_nan=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"
        with self._lock:
            while line:
                line = line[os.write(self._fd, line) :]

    def end_with_reader(self) -> None:
        """Ends this process when the runner does not listen any more, however the runner ended."""
        threading.Thread(target=self._wait_for_end, daemon=True).start()

    def _wait_for_end(self) -> None:
        closed = select.poll()
        closed.register(self._fd, 0)
        closed.poll()
        os._exit(1)
