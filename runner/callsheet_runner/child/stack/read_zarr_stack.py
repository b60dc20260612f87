"""Zarr stores, version 2 and 3, zipped into one file; OME-Zarr's full resolution."""

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import zarr
from zarr.storage import ZipStore

from callsheet_runner.child.stack.stack import Stack, stack_of
from callsheet_runner.errors import InvalidInputsError
from callsheet_runner.handlers.picture.memory_room import require_room
from callsheet_runner.job import Job

#: A file of each folder that is an array or a group.
MARKS = ("zarr.json", ".zarray", ".zgroup")


def read_zarr_stack(path: Path, job: Job) -> Stack:
    """The array of the store, or the one that its group names first."""
    top = top_of(path)
    # Not by `with`: a store that never got opened cannot be closed.
    store = ZipStore(path, mode="r")
    array = array_of(zarr.open(store, mode="r", path=top), path)
    if array.ndim < 2 or array.dtype.kind not in "biufc":
        raise InvalidInputsError(f"{path.name} has an array {array.shape} of {array.dtype}; an image has the axes y and x, and numbers")
    require_room(job, int(np.prod(array.shape, dtype=object)) * array.dtype.itemsize * 2, "reading the image")
    values = np.asarray(array[...])
    store.close()
    return stack_of(values.astype(values.dtype.newbyteorder("="), copy=False), "zip")


def top_of(path: Path) -> str:
    """The folder inside the file that holds the store: a folder that was zipped whole is in there too."""
    with ZipFile(path) as whole:
        folders = {name.rpartition("/")[0] for name in whole.namelist() if name.rpartition("/")[2] in MARKS}
    if not folders:
        raise InvalidInputsError(f"{path.name} is a zip file without a Zarr store in it (no {', '.join(MARKS)})")
    return min(folders, key=lambda folder: (folder.count("/") + bool(folder), folder))


def array_of(found: Any, path: Path) -> Any:
    if isinstance(found, zarr.Array):
        return found
    named = first_of_multiscale(dict(found.attrs))
    if named is not None and named in found:
        return array_of(found[named], path)
    arrays = dict(found.arrays())
    if len(arrays) == 1:
        return next(iter(arrays.values()))
    if "0" in arrays:
        return arrays["0"]
    raise InvalidInputsError(f"{path.name} is a group of {', '.join(arrays) or 'no arrays'}; one array is needed, or one called 0")


def first_of_multiscale(attributes: dict[str, Any]) -> str | None:
    """OME-Zarr names its resolutions, the full one first; from 0.5 on under `ome`."""
    inner = attributes.get("ome")
    scales = (inner if isinstance(inner, dict) else attributes).get("multiscales")
    try:
        named = scales[0]["datasets"][0]["path"]  # type: ignore[index]
    except (KeyError, IndexError, TypeError):
        return None
    return named if isinstance(named, str) else None
