"""What the runner itself says, as text for people or as JSON lines for machines."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, Literal

LOG = logging.getLogger("callsheet_runner")


def start_log(form: Literal["text", "json"]) -> None:
    """Sends the log to stderr in that form."""
    to_stderr = logging.StreamHandler(sys.stderr)
    to_stderr.setFormatter(JsonLines() if form == "json" else TextLines())
    LOG.handlers = [to_stderr]
    LOG.setLevel(logging.INFO)
    LOG.propagate = False


def tell(event: str, message: str, **facts: Any) -> None:
    """One event: `event` for machines (docs/runners.md lists them), `message` for people."""
    LOG.info(message, extra={"event": event, "facts": facts})


def warn(event: str, message: str, **facts: Any) -> None:
    """As `tell`, for what someone should look at."""
    LOG.warning(message, extra={"event": event, "facts": facts})


class JsonLines(logging.Formatter):
    """`{"at", "level", "event", "message", …facts}`"""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", "log"),
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, default=str)


class TextLines(logging.Formatter):
    """`12:30:05 message`"""

    def format(self, record: logging.LogRecord) -> str:
        mark = "" if record.levelno < logging.WARNING else "warning: " if record.levelno < logging.ERROR else "error: "
        text = f"{datetime.fromtimestamp(record.created):%H:%M:%S} {mark}{record.getMessage()}"
        return f"{text}\n{self.formatException(record.exc_info)}" if record.exc_info else text
