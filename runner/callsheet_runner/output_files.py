"""The files among a job's outputs."""

from collections.abc import Awaitable, Callable
from typing import Any

from callsheet_runner.wire import ArrayField, FileField, ObjectField

Send = Callable[[str], Awaitable[str]]


async def with_digests(outputs: dict[str, Any], fields: dict[str, Any], known: set[str], send: Send) -> dict[str, Any]:
    """`outputs` with every path at a place that declares a file replaced by what `send` answers: the digest.

    `known`: digests of the job's input files, which stay as they are.
    """
    return {name: await replaced(value, fields.get(name), known, send) for name, value in outputs.items()}


async def replaced(value: Any, field: Any, known: set[str], send: Send) -> Any:
    if isinstance(field, FileField) and isinstance(value, str):
        return value if value in known else await send(value)
    if isinstance(field, ArrayField) and isinstance(value, list):
        return [await replaced(item, field.items, known, send) for item in value]
    if isinstance(field, ObjectField) and isinstance(value, dict):
        properties = field.properties or {}
        return {key: await replaced(item, properties.get(key), known, send) for key, item in value.items()}
    return value
