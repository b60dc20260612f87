"""Which outputs a function's result is, by what its source promises."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from callsheet_runner.errors import InvalidOutputsError


def name_outputs(returned: Any, shape: str, names: list[str]) -> dict[str, Any]:
    """Outputs by name. `shape` and `names`: of the contract's `returns`."""
    match shape:
        case "nothing":
            return {}
        case "value":
            return {names[0]: returned}
        case "image":
            return named(returned if isinstance(returned, tuple) else (returned,), names, is_whole=False)
        case "tuple":
            if not isinstance(returned, (tuple, list)):
                raise InvalidOutputsError(f"the function returned {article(returned)}; its source promises a tuple ({', '.join(names)})")
            return named(tuple(returned), names, is_whole=True)
    return fields_of(returned, names)


def named(members: tuple[Any, ...], names: list[str], is_whole: bool) -> dict[str, Any]:
    if len(members) > len(names) or (is_whole and len(members) < len(names)):
        count = f"{len(members)} value{'' if len(members) == 1 else 's'}"
        raise InvalidOutputsError(f"the function returned {count}; its source promises {len(names)}: {', '.join(names)}")
    return dict(zip(names, members, strict=False))


def fields_of(returned: Any, names: list[str]) -> dict[str, Any]:
    found = as_mapping(returned)
    if found is None:
        raise InvalidOutputsError(f"the function returned {article(returned)}; its source promises an object with {', '.join(names)}")
    if isinstance(returned, Mapping):
        undeclared = [str(name) for name in found if name not in names]
        if undeclared:
            raise InvalidOutputsError(f"the function returned the key {undeclared[0]}, which is none of its outputs: {', '.join(names)}")
    return {name: found[name] for name in names if name in found}


def as_mapping(value: Any) -> dict[str, Any] | None:
    """The fields of a mapping, a dataclass, a model or a named tuple; None for what has none."""
    if isinstance(value, Mapping):
        return dict(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name: getattr(value, name) for name in value._fields}
    model = getattr(type(value), "model_fields", None)
    if isinstance(model, Mapping):
        return {name: getattr(value, name) for name in model}
    return None


def article(value: Any) -> str:
    return "None" if value is None else f"a {type(value).__name__}"
