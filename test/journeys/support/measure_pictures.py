"""Opens the pictures that are named and tells of each, as a list in JSON, what can be measured."""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import tifffile
from PIL import Image


def main() -> None:
    opened = [open_picture(Path(name)) for name in sys.argv[1:]]
    first = opened[0][1]
    print(json.dumps([{"format": form, **facts_of(pixels), "fromFirst": distance(pixels, first)} for form, pixels in opened]))


def open_picture(path: Path) -> tuple[str | None, np.ndarray]:
    """Its format and its pixels; of a stack the brightest of each."""
    if path.suffix == ".tif":
        return "TIFF", tifffile.imread(path).max(axis=0)
    with Image.open(path) as picture:
        picture.load()
        return picture.format, np.asarray(picture)


def facts_of(pixels: np.ndarray) -> dict[str, Any]:
    full = np.iinfo(pixels.dtype).max
    values = np.unique(pixels) if pixels.ndim == 2 else np.array([])
    return {
        "width": pixels.shape[1],
        "height": pixels.shape[0],
        "bits": pixels.dtype.itemsize * 8,
        "mean": float(pixels.mean() / full),
        # Of pictures with one channel: how many values there are, and the least and the greatest.
        "values": len(values),
        "least": int(values[0]) if len(values) else None,
        "greatest": int(values[-1]) if len(values) else None,
        "aboveLeast": float((pixels > pixels.min()).mean()),
    }


def distance(pixels: np.ndarray, other: np.ndarray) -> float | None:
    """Root of the mean square of the differences, as a share of the value range; null for pictures of unlike shape."""
    if pixels.shape != other.shape or pixels.dtype != other.dtype:
        return None
    full = np.iinfo(pixels.dtype).max
    return float(np.sqrt((((pixels.astype(float) - other) / full) ** 2).mean()))


main()
