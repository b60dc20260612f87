"""Calls a function of a run's own source: keyword arguments in, one value or a dict of outputs out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from callsheet_runner.child.arrays import from_memory_type, is_array, read_array, to_memory_type, write_array
from callsheet_runner.errors import InvalidOutputsError
from callsheet_runner.job import Job

Fields = dict[str, dict[str, Any]]


def call_function(function: Callable[..., Any], inputs: dict[str, Any], job: Job, memory_type: str | None, fields: Fields) -> Any:
    """What the function returned, as a handler would have returned it. Files arrive as arrays where it asks for a memory type."""
    wants_arrays = memory_type is not None and memory_type != "python"
    given = {
        name: to_memory_type(read_array(value), memory_type, job.device) if wants_arrays and isinstance(value, Path) else value
        for name, value in inputs.items()
    }
    outputs = named(function(**given), fields)
    if not wants_arrays:
        return outputs
    return {name: written(value, name, fields.get(name) or {}, job, memory_type) for name, value in outputs.items()}


def named(returned: Any, fields: Fields) -> dict[str, Any]:
    if isinstance(returned, dict) and set(returned) <= set(fields):
        return returned
    if len(fields) == 1:
        return {next(iter(fields)): returned}
    raise InvalidOutputsError(f"the function returned {type(returned).__name__}; it returns a dict with {', '.join(fields) or 'no keys'}")


def written(value: Any, name: str, field: dict[str, Any], job: Job, memory_type: str | None) -> Any:
    if field.get("type") != "file" or isinstance(value, (str, Path)):
        return value
    array = from_memory_type(value, memory_type)
    return write_array(array, job, name, field.get("format") or []) if is_array(array) else value
