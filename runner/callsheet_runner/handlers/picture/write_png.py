"""Writes PNG: the same pixels give the same bytes, with nothing in the file but pixels."""

from pathlib import Path

import imagecodecs
import numpy as np
from PIL import Image

#: Higher levels take twice the time for some parts in a thousand.
COMPRESSION = 4

#: Longer edge of a preview.
PREVIEW_PIXELS = 256


def write_png(path: Path, pixels: np.ndarray) -> Path:
    """Writes height x width or height x width x channels, 8 or 16 bits."""
    flat = pixels[:, :, 0] if pixels.ndim == 3 and pixels.shape[2] == 1 else pixels
    path.write_bytes(imagecodecs.png_encode(np.ascontiguousarray(flat), level=COMPRESSION))
    return path


def write_preview(path: Path, pixels: np.ndarray) -> Path:
    """Writes a small picture of 8 bits a channel, for those who watch the run."""
    step = max(1, max(pixels.shape[:2]) // (4 * PREVIEW_PIXELS))
    # Most pixels are skipped first: a preview need not be fine, and a large picture must not be copied for it.
    few = pixels[::step, ::step]
    if few.dtype == np.uint16:
        few = (few >> 8).astype(np.uint8)
    image = Image.fromarray(np.ascontiguousarray(few[:, :, 0] if few.ndim == 3 and few.shape[2] == 1 else few))
    image.thumbnail((PREVIEW_PIXELS, PREVIEW_PIXELS))
    return write_png(path, np.asarray(image))
