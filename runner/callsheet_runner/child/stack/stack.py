"""An image file's numbers as a function of an array library gets them."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Stack:
    """`array` is (C, Y, X): a single plane has C = 1, colours come first, and further axes (z, time) are planes one after the other.

    `suffix`: of the file. `lead`: lengths of the file's axes before y and x. `has_colours_last`: the first of them stands last in the
    file. `axes`: the file's axes as TIFF names them, in the order of the file.
    """

    array: Any
    suffix: str
    lead: tuple[int, ...]
    has_colours_last: bool = False
    axes: str | None = None

    def restored(self, result: Any) -> "Result":
        """A result with the file's axes again. One with another number of planes stays as it is."""
        if result.ndim != 3 or result.shape[0] != self.array.shape[0]:
            return Result(result, None)
        import numpy

        whole = result.reshape(*self.lead, *result.shape[1:])
        return Result(numpy.moveaxis(whole, 0, -1) if self.has_colours_last else whole, self.axes)


@dataclass(frozen=True)
class Result:
    """What is to be written. `axes`: the file's, when they fit; else the array's are (C, Y, X), or whatever the function made of them."""

    array: Any
    axes: str | None

    def pixels(self) -> Any:
        """As a picture, (Y, X) or (Y, X, colours); None for what is none."""
        import numpy

        array = self.array
        if array.ndim == 2 or (array.ndim == 3 and self.axes == "YXS"):
            return array
        if array.ndim == 3 and array.shape[0] == 1:
            return array[0]
        return numpy.moveaxis(array, 0, -1) if array.ndim == 3 and array.shape[0] in (3, 4) else None


def stack_of(values: Any, suffix: str, axes: str | None = None) -> Stack:
    """Of an array whose last axes are y and x, or y, x and colours where `axes` ends with S."""
    import numpy

    has_colours_last = axes is not None and axes.endswith("S")
    planes = numpy.moveaxis(values, -1, 0) if has_colours_last else values
    lead = planes.shape[:-2]
    array = numpy.ascontiguousarray(planes.reshape(-1, *planes.shape[-2:]))
    # A function may write into what it is given.
    return Stack(array if array.flags.writeable else array.copy(), suffix, lead, has_colours_last, axes)
