"""TIFF: photographs, and the stacks that microscopes write."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import tifffile
from tifffile import PHOTOMETRIC, TiffFile, TiffPage, TiffPageSeries

from callsheet_runner.errors import InvalidInputsError
from callsheet_runner.handlers.picture.memory_room import Leased, require_room, require_size
from callsheet_runner.handlers.picture.orientation import ORIENTATION_TAG, upright
from callsheet_runner.handlers.picture.project_stack import project_stack
from callsheet_runner.handlers.picture.read_photo import read_by_pillow

GREY = (PHOTOMETRIC.MINISBLACK, PHOTOMETRIC.MINISWHITE)


def read_tiff(path: Path, job: Leased, stack: str) -> np.ndarray:
    """Pixels of the first series of a TIFF file, as height x width x channels.

    All axes but y, x and colour (z, time, channel, in whatever order) are planes of one stack, which is projected.
    """
    # An OME-TIFF may name other files, which are not here.
    with no_lost_pages(), TiffFile(path, _multifile=False) as tiff:
        if not tiff.series:
            raise InvalidInputsError("image is a broken TIFF file: there is no picture in it; was it cut off?")
        series = tiff.series[0]
        page = series.keyframe
        pixels = _projected(series, page, job, stack) if is_plain(page) else read_by_pillow(path, job)
        tag = page.tags.get(ORIENTATION_TAG)
        return upright(pixels, 1 if tag is None else int(tag.value))


@contextmanager
def no_lost_pages() -> Iterator[None]:
    """tifffile logs that the chain of pages breaks off, and goes on with those before: half a stack is no stack."""
    complaints: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.levelno >= logging.ERROR and record.getMessage().startswith("<tifffile.TiffPages"):
                complaints.append(record.getMessage())

    listener = Listener()
    tifffile.logger().addHandler(listener)
    try:
        yield
    finally:
        tifffile.logger().removeHandler(listener)
    if complaints:
        raise InvalidInputsError(f"image is a broken TIFF file: pages are missing, {complaints[0]}")


def is_plain(page: TiffPage) -> bool:
    """Grey or RGB as it lies in the file. tifffile decodes the YCbCr of JPEG compression, and only that, to RGB."""
    if page.photometric == PHOTOMETRIC.YCBCR:
        return page.compression == tifffile.COMPRESSION.JPEG
    return page.photometric in (*GREY, PHOTOMETRIC.RGB)


def _projected(series: TiffPageSeries, page: TiffPage, job: Leased, stack: str) -> np.ndarray:
    dtype = np.dtype(series.dtype)
    if dtype not in (np.uint8, np.uint16, np.bool_):
        raise InvalidInputsError(f"image has pixels of type {dtype}; 8 or 16 bits a channel, unsigned, are taken: rescale it to 16 bits")
    shape, axes = series.get_shape(False), series.get_axes(False)
    width, height = shape[axes.index("X")], shape[axes.index("Y")]
    samples = shape[axes.index("S")] if "S" in axes else 1
    require_size(width, height, max(1, series.size // (width * height * samples) if width * height * samples > 0 else 0))
    require_room(job, series.size * dtype.itemsize * 3, "reading the image")

    values = series.asarray(maxworkers=1).reshape(shape)
    if values.dtype == np.bool_:
        values = values.astype(np.uint8) * 255
    if page.photometric == PHOTOMETRIC.MINISWHITE:
        values = np.iinfo(values.dtype).max - values
    is_colour = samples > 1 and _has_colour(page, samples)
    last = ["Y", "X", "S"] if is_colour else ["Y", "X"]
    values = np.moveaxis(values, [axes.index(axis) for axis in last], range(-len(last), 0))
    plane = project_stack(values.reshape(-1, *values.shape[-len(last) :]), stack)
    return plane if is_colour else plane[:, :, np.newaxis]


def _has_colour(page: TiffPage, samples: int) -> bool:
    """Whether the samples of a pixel are its colour and alpha; else they are channels of a recording, planes like others."""
    if page.photometric in GREY:
        return samples == 2 and len(page.extrasamples) == 1 and int(page.extrasamples[0]) in (1, 2)
    return samples in (3, 4)
