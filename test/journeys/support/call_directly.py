"""Calls a function of a source in plain Python, on a file, and tells as JSON whether a run of it saved the same.

`python call_directly.py SOURCE ENTRY IMAGE SAVED [INPUTS]`: SAVED is the output of the run, INPUTS a JSON object.
"""

import importlib.util
import inspect
import json
import sys
from pathlib import Path

import numpy as np
import tifffile
from PIL import Image


def main() -> None:
    source, entry, image, saved, *rest = sys.argv[1:]
    spec = importlib.util.spec_from_file_location("source", source)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    function = inspect.unwrap(getattr(module, entry))
    stack, result = planes(Path(image)), planes(Path(saved))
    given = stack
    if sys.modules.get("jax"):
        given = sys.modules["jax"].numpy.asarray(stack)
    returned = function(given, **json.loads(rest[0] if rest else "{}"))
    directly = np.asarray(returned[0] if isinstance(returned, tuple) else returned)
    if stack.dtype.kind in "iu":
        ends = np.iinfo(stack.dtype)
        directly = np.clip(np.rint(directly.astype("float64")), ends.min, ends.max)
    directly = directly.astype(stack.dtype)
    told = {
        "shape": list(result.shape),
        "dtype": str(result.dtype),
        "equal": result.dtype == directly.dtype and bool(np.array_equal(result, directly)),
        "changed": not np.array_equal(stack, result),
    }
    print(json.dumps(told))


def planes(path: Path) -> np.ndarray:
    if path.suffix == ".npy":
        return np.load(path)
    if path.suffix in (".tif", ".tiff"):
        return tifffile.imread(path)
    pixels = np.asarray(Image.open(path))
    return pixels[np.newaxis] if pixels.ndim == 2 else np.moveaxis(pixels, -1, 0)


main()
