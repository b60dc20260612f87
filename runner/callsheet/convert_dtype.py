"""What `dtype_conversion` does to a result.

Values are kept, never rescaled: what comes back unchanged from a function is unchanged in the file, and each plane of a stack means the
same as its neighbour. So 0.7 as `uint8` is 1, and not 255 because it happened to be the brightest pixel.
"""

from typing import Any

#: `preserve`: as the input was. `native`: as the function returned it. Else that type.
DTYPE_CONVERSIONS = ("preserve", "native", "uint8", "uint16", "int16", "int32", "float32", "float64")


class CannotHold(ValueError):
    """The asked type of numbers has no place for these values."""


def check_dtype_conversion(asked: str) -> None:
    """Refuses what is none."""
    if asked not in DTYPE_CONVERSIONS:
        raise ValueError(f"dtype_conversion is one of {', '.join(DTYPE_CONVERSIONS)}; got {asked!r}")


def convert_dtype(array: Any, asked: str, original: Any) -> Any:
    """A numpy array with other numbers in it. `original`: type of the numbers of the input, for `preserve`.

    To integers: rounded to the nearest, halves to even, and clipped to what the type holds; so infinities become its ends, True becomes 1,
    and NaN is refused. To floats: the nearest value that the type has.
    """
    import numpy

    if asked == "native":
        return array
    target = numpy.dtype(original if asked == "preserve" else asked)
    if array.dtype == target:
        return array
    if array.dtype.kind == "c" and target.kind != "c":
        raise CannotHold(f"the result has complex numbers, which {target} cannot hold; return their magnitude, or ask for native")
    if target.kind not in "iub":
        with numpy.errstate(over="ignore"):
            return array.astype(target)
    if array.dtype.kind not in "iub" and numpy.isnan(array).any():
        count = int(numpy.isnan(array).sum())
        raise CannotHold(f"the result has {count} times NaN, which {target} cannot hold; return other values, or ask for native")
    return clipped(array, target)


def clipped(array: Any, target: Any) -> Any:
    """Whole numbers within the ends of `target`."""
    import numpy

    least, most = (0, 1) if target.kind == "b" else (numpy.iinfo(target).min, numpy.iinfo(target).max)
    if array.dtype.kind in "iub":
        ends = (0, 1) if array.dtype.kind == "b" else (numpy.iinfo(array.dtype).min, numpy.iinfo(array.dtype).max)
        # Only ends that lie within the array's own type can cut anything.
        return numpy.clip(array, max(least, ends[0]), min(most, ends[1])).astype(target)
    # The ends of all but the narrowest integers are beyond float16.
    whole = numpy.rint(array.astype(numpy.float32) if array.itemsize == 2 else array)
    result = numpy.zeros(array.shape, target)
    # As floats the ends of wide types are rounded, so the ends themselves are put in as integers.
    low, high = whole <= float(least), whole >= float(most)
    within = ~(low | high)
    result[within] = whole[within].astype(target)
    result[low], result[high] = least, most
    return result
