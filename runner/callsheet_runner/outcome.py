"""How a job's process ended."""

from dataclasses import dataclass
from typing import Any, Literal

FailureClass = Literal["transient", "resource", "validation", "permanent", "unknown"]


@dataclass(frozen=True)
class Done:
    """The handler returned. Files among the outputs are paths relative to the job's output folder."""

    outputs: list[dict[str, Any]]


@dataclass(eq=False)
class Failed(Exception):
    """The attempt failed. Raised where a step cannot go on, and handed over as a value at the end."""

    failure_class: FailureClass
    code: str
    message: str
    detail: str | None = None


Outcome = Done | Failed
