"""Which array libraries a function can ask for here."""

import importlib.util

from callsheet.memory_types import LIBRARIES


def memory_types() -> list[str]:
    """Those that are installed, and `python`, which needs none; found without importing, since each takes seconds and memory."""
    return [name for name in LIBRARIES if importlib.util.find_spec(name) is not None] + ["python"]
