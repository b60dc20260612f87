"""Writes a result in the format that its image came in, where that can hold it."""

from pathlib import Path
from typing import Any

from callsheet_runner.child.stack.stack import Result, Stack
from callsheet_runner.job import Job

#: Types of numbers that everything which reads TIFF knows.
IN_TIFF = ("uint8", "uint16", "uint32", "int8", "int16", "int32", "float16", "float32", "float64")
IN_PNG = ("uint8", "uint16")


def write_stack(array: Any, stack: Stack | None, name: str, allowed: list[str], job: Job) -> Path:
    """Writes `array` (C, Y, X) for the output `name`. `stack`: of the image; None where there is none, which means .npy.

    PNG holds 8 and 16 bits in one, three or four channels; TIFF all usual numbers of at least y and x; .npy every array.
    """
    result = Result(array, None) if stack is None else stack.restored(array)
    asked = "npy" if stack is None else "tif" if stack.suffix == "zip" else stack.suffix
    fitting = (suffix for suffix in (asked, "tif") if (not allowed or suffix in allowed) and holds(result, suffix))
    suffix = next(fitting, "npy")
    path = job.output_path(f"{name}.{suffix}")
    write(result, suffix, path)
    return path


def holds(result: Result, suffix: str) -> bool:
    array = result.array
    if suffix == "png":
        return array.dtype.name in IN_PNG and array.size > 0 and result.pixels() is not None
    return suffix == "npy" or (array.dtype.name in IN_TIFF and array.ndim >= 2 and array.size > 0)


def write(result: Result, suffix: str, path: Path) -> None:
    import numpy

    if suffix == "npy":
        numpy.save(path, result.array, allow_pickle=False)
    elif suffix == "png":
        from callsheet_runner.handlers.picture.write_png import write_png

        write_png(path, result.pixels())
    else:
        import tifffile

        axes = result.axes or {2: "YX", 3: "CYX"}.get(result.array.ndim)
        has_colours = axes is not None and axes.endswith("S") and result.array.shape[-1] in (3, 4)
        tifffile.imwrite(
            path,
            numpy.ascontiguousarray(result.array),
            photometric="rgb" if has_colours else "minisblack",
            metadata=None if axes is None else {"axes": axes},
        )
