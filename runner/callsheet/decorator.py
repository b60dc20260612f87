"""What a decorator of `callsheet.memory` does to a function: next to nothing, until the function is asked for more."""

import functools
import inspect
from collections.abc import Callable
from typing import Any

from callsheet.around_call import AroundCall

#: What a decorator may be told; the registry reads it from the source, here it has no effect.
RESOURCES = ("gpu", "vram_gb", "cpu_cores", "memory_gb", "disk_gb", "compute_capability", "estimated_time_seconds")
EXECUTION = ("timeout_seconds", "max_attempts", "pool", "runner_labels")
#: What OpenHCS' own decorators are told.
IGNORED = ("input_type", "output_type", "oom_recovery", "contract", "func")
OPTIONS = frozenset((*RESOURCES, *EXECUTION, *IGNORED))


class PlainDecorator:
    """Used bare or with keyword arguments: `@python`, `@python(memory_gb=2)`. The function stays what it is."""

    def __init__(self, name: str) -> None:
        self.__name__ = name

    def __call__(self, function: Any = None, /, **options: Any) -> Any:
        unknown = sorted(set(options) - OPTIONS)
        if unknown:
            raise TypeError(f"@{self.__name__} has no argument {unknown[0]}; it takes {', '.join((*RESOURCES, *EXECUTION))}")
        if function is None:
            return self.decorate
        if not callable(function):
            given = type(function).__name__
            raise TypeError(f"@{self.__name__} decorates a function and got a {given}; its arguments are keywords, like memory_gb=4")
        return self.decorate(function)

    def decorate(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """What stands for `function` from now on."""
        return function

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        hint = f"import the library under another name (import {self.__name__} as …)"
        raise AttributeError(f"{self.__name__} is the decorator of callsheet.memory here and has no {name}; {hint}")


class MemoryDecorator(PlainDecorator):
    """Of one array library. A decorated function also takes `slice_by_slice` and `dtype_conversion`, unless it has parameters of those
    names itself; called without them it does what is written, no more."""

    def decorate(self, function: Callable[..., Any]) -> Callable[..., Any]:
        own = parameters_of(function)

        def around(*args: Any, **kwargs: Any) -> Any:
            call = AroundCall(args, kwargs, own)
            return call.finish([function(*args, **kwargs) for args, kwargs in call.calls()])

        async def around_awaited(*args: Any, **kwargs: Any) -> Any:
            call = AroundCall(args, kwargs, own)
            return call.finish([await function(*args, **kwargs) for args, kwargs in call.calls()])

        decorated: Any = functools.wraps(function)(around_awaited if inspect.iscoroutinefunction(function) else around)
        # What OpenHCS looks for in a function.
        decorated.input_memory_type = decorated.output_memory_type = decorated.backend = self.__name__
        return decorated  # type: ignore[no-any-return]


def parameters_of(function: Callable[..., Any]) -> frozenset[str]:
    """Names of what it takes; none where Python cannot tell."""
    try:
        return frozenset(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return frozenset()
