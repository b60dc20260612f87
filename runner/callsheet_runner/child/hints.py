"""What a function's annotations say, as far as they can be resolved."""

import inspect
import re
import sys
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from callsheet.memory_types import MODULES, library_of_module

#: Of an annotation that is absent or does not resolve.
UNKNOWN = object()
#: Types of arrays, by their last name.
ARRAY_NAMES = re.compile(r"\b(?:(\w+)\.)?(?:\w+\.)*(?:ndarray|NDArray|ArrayLike|Array|Tensor)\b")
#: What libraries are called where an annotation is a mere text.
SHORT_NAMES = {"np": "numpy", "cp": "cupy", "tf": "tensorflow", "jnp": "jax", "cle": "pyclesperanto", "npt": "numpy"}


@dataclass(frozen=True)
class NamedArray:
    """An annotation that does not resolve, but names an array."""

    library: str


def parameters_of(function: Callable[..., Any]) -> Mapping[str, inspect.Parameter]:
    """Its parameters; none where Python cannot tell them."""
    try:
        return inspect.signature(function).parameters
    except (TypeError, ValueError):
        return {}


def hints_of(function: Callable[..., Any], parameters: Mapping[str, inspect.Parameter]) -> dict[str, Any]:
    """Each parameter's type. One that does not resolve (imported for type checkers only, say) leaves the others alone."""
    names = names_of(inspect.unwrap(function))
    return {name: resolved(parameter.annotation, names) for name, parameter in parameters.items()}


def field_hints(kind: type) -> dict[str, Any]:
    """Types of a class' annotated fields, inherited ones included."""
    try:
        return typing.get_type_hints(kind, include_extras=True)
    except Exception:
        pass
    hints: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        module = sys.modules.get(base.__module__)
        for name, annotation in inspect.get_annotations(base).items():
            hints[name] = resolved(annotation, vars(module) if module else {})
    return hints


def names_of(function: Callable[..., Any]) -> dict[str, Any]:
    """What its annotations can speak of."""
    module = sys.modules.get(str(getattr(function, "__module__", "")))
    return getattr(function, "__globals__", None) or (vars(module) if module else {})


def resolved(annotation: Any, names: dict[str, Any]) -> Any:
    if annotation is inspect.Parameter.empty:
        return UNKNOWN

    def holder() -> None: ...

    holder.__annotations__ = {"hint": annotation}
    try:
        return typing.get_type_hints(holder, globalns=names, include_extras=True)["hint"]
    except Exception:
        # Whatever evaluating a stranger's text may raise.
        found = ARRAY_NAMES.search(annotation) if isinstance(annotation, str) else None
        return UNKNOWN if found is None else NamedArray(library_called(found[1] or ""))


def library_called(name: str) -> str:
    return SHORT_NAMES.get(name) or MODULES.get(name) or "numpy"


def array_library(hint: Any) -> str | None:
    """The library whose array a hint means, like `numpy` of `np.ndarray` or `NDArray[np.uint8]`; None when it means none."""
    if isinstance(hint, NamedArray):
        return hint.library
    origin = typing.get_origin(hint) or hint
    members = typing.get_args(hint) if not isinstance(origin, type) else ()
    for one in (origin, *members):
        library = library_of_module(str(getattr(one, "__module__", "")))
        name = str(getattr(one, "__name__", "") or getattr(one, "_name", ""))
        if library is not None and ("rray" in name or name in ("Tensor", "EagerTensor", "Variable", "matrix")):
            return library
    return None
