"""TIFF files with all their planes."""

from pathlib import Path

import numpy as np
from tifffile import TiffFile

from callsheet_runner.child.stack.stack import Stack, stack_of
from callsheet_runner.errors import InvalidInputsError
from callsheet_runner.handlers.picture.memory_room import require_room, require_size
from callsheet_runner.handlers.picture.read_photo import read_by_pillow
from callsheet_runner.handlers.picture.read_tiff import is_plain, no_lost_pages
from callsheet_runner.job import Job


def read_tiff_stack(path: Path, job: Job) -> Stack:
    """The first series, with the numbers that lie in the file: neither turned, nor inverted, nor scaled."""
    suffix = "tiff" if path.suffix.lower() == ".tiff" else "tif"
    # An OME-TIFF may name other files, which are not here.
    with no_lost_pages(), TiffFile(path, _multifile=False) as tiff:
        if not tiff.series:
            raise InvalidInputsError(f"{path.name} has no picture in it; was it cut off?")
        series = tiff.series[0]
        if not is_plain(series.keyframe):
            pixels = read_by_pillow(path, job)
            return stack_of(pixels[:, :, 0], suffix, "YX") if pixels.shape[2] == 1 else stack_of(pixels, suffix, "YXS")
        axes, shape = series.axes, series.shape
        # A picture of one row or column has lost that axis.
        if "Y" not in axes or "X" not in axes:
            axes, shape = series.get_axes(False), series.get_shape(False)
        require_size(shape[axes.index("X")], shape[axes.index("Y")])
        require_room(job, series.size * np.dtype(series.dtype).itemsize * 2, "reading the image")
        values = series.asarray(maxworkers=1).reshape(shape)
    if values.dtype.kind not in "biufc":
        raise InvalidInputsError(f"{path.name} has pixels of type {values.dtype}; numbers are needed")
    last = [axis for axis in "YXS" if axis in axes[axes.index("Y") :]] if axes.endswith("S") else ["Y", "X"]
    ordered = "".join(axis for axis in axes if axis not in last) + "".join(last)
    values = values.transpose([axes.index(axis) for axis in ordered])
    return stack_of(values.astype(values.dtype.newbyteorder("="), copy=False), suffix, ordered)
