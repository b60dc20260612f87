"""What is done around the call of an array function: once for each plane where that is asked, and the result in another type of numbers."""

from collections.abc import Iterator
from typing import Any

from callsheet.convert_dtype import check_dtype_conversion, convert_dtype
from callsheet.memory_types import join_arrays, memory_type_of, to_memory_type, to_numpy

Call = tuple[tuple[Any, ...], dict[str, Any]]


class AroundCall:
    """One call. Of its `kwargs`, `slice_by_slice` and `dtype_conversion` are taken out, unless they are the function's `own`."""

    def __init__(self, args: tuple[Any, ...], kwargs: dict[str, Any], own: frozenset[str]) -> None:
        taken = {name: kwargs.pop(name, None) for name in ("slice_by_slice", "dtype_conversion") if name not in own}
        self._by_slice = bool(taken.get("slice_by_slice"))
        self._dtype_conversion: str = taken.get("dtype_conversion") or "native"
        check_dtype_conversion(self._dtype_conversion)
        self._args, self._kwargs = args, kwargs

    def calls(self) -> Iterator[Call]:
        """The arguments of each call that is to be made, in order."""
        if not self._by_slice:
            yield self._args, self._kwargs
            return
        for plane in planes_of(self._image()):
            yield ((plane, *self._args[1:]), self._kwargs) if self._args else ((), {**self._kwargs, "image": plane})

    def finish(self, results: list[Any]) -> Any:
        """The one result of them all."""
        result = joined(results) if self._by_slice else results[0]
        if self._dtype_conversion == "native":
            return result
        if isinstance(result, tuple):
            return (self._converted(result[0]), *result[1:])
        return self._converted(result)

    def _image(self) -> Any:
        image = self._args[0] if self._args else self._kwargs.get("image")
        if memory_type_of(image) is None:
            raise TypeError(f"slice_by_slice and dtype_conversion need an array as the first argument, image; got {type(image).__name__}")
        return image

    def _converted(self, array: Any) -> Any:
        memory_type = memory_type_of(array)
        if memory_type is None:
            raise TypeError(f"dtype_conversion needs a function that returns an array; it returned {type(array).__name__}")
        original = to_numpy(self._image()).dtype
        return to_memory_type(convert_dtype(to_numpy(array), self._dtype_conversion, original), memory_type, device_of(array))


def planes_of(image: Any) -> Iterator[Any]:
    """Each plane of a stack (C, Y, X) as a stack of one, (1, Y, X). A plane alone is the one plane."""
    if memory_type_of(image) == "pyclesperanto":
        for plane in planes_of(to_numpy(image)):
            yield to_memory_type(plane, "pyclesperanto", "cuda")
    elif len(image.shape) < 3:
        yield image[None]
    else:
        for index in range(image.shape[0]):
            yield image[index : index + 1]


def joined(results: list[Any]) -> Any:
    """The planes' results as one: arrays one after the other. Of tuples every member is joined with its like."""
    if not results:
        raise ValueError("slice_by_slice found no plane: image is an empty stack")
    if all(isinstance(result, tuple) and result for result in results):
        first, *others = (list(member) for member in zip(*results, strict=True))
        return (joined(first), *(gathered(member) for member in others))
    odd = next((result for result in results if memory_type_of(result) is None), None)
    if odd is not None:
        needed = "an array, or a tuple that begins with one"
        raise TypeError(f"slice_by_slice needs a function that returns {needed}; it returned {type(odd).__name__}")
    return join_arrays([result[None] if len(result.shape) == 2 else result for result in results])


def gathered(values: list[Any]) -> Any:
    """What comes beside the image: arrays joined like it; dicts as one dict, with a list for each key; else a list."""
    if all(isinstance(value, dict) for value in values):
        keys = dict.fromkeys(key for value in values for key in value)
        return {key: [value.get(key) for value in values] for key in keys}
    if all(memory_type_of(value) is not None and len(value.shape) > 0 for value in values):
        return join_arrays([value[None] if len(value.shape) == 2 else value for value in values])
    return values


def device_of(array: Any) -> str:
    """As torch calls it; `cpu` for what has no device."""
    return str(getattr(array, "device", "cpu")) if memory_type_of(array) == "torch" else "cpu"
