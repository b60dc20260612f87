"""The handler of the template `image_segmentation`."""

import json
from typing import Any

import numpy as np
from skimage.color import label2rgb
from skimage.filters import threshold_otsu
from skimage.measure import label, regionprops_table

from callsheet_runner.errors import InvalidInputsError
from callsheet_runner.handlers.picture.filters import blur
from callsheet_runner.handlers.picture.memory_room import require_room
from callsheet_runner.handlers.picture.read_picture import read_picture
from callsheet_runner.handlers.picture.write_png import PREVIEW_PIXELS, write_png, write_preview
from callsheet_runner.job import Job

#: Numbers that fit a 16-bit picture.
MOST_OBJECTS = 65535
#: A run's outputs have at most 4 MiB as JSON (limits.valueBytes); some is left for the other outputs.
MOST_LIST_BYTES = 4 * 1024 * 1024 - 4096


def image_segment(inputs: dict[str, Any], job: Job) -> dict[str, Any]:
    """Finds objects and numbers them from the top, row by row. The whole depth of the picture counts."""
    job.report("prepare", 0)
    picture = read_picture(inputs["image"], job, inputs.get("stack", "max"))
    require_room(job, picture.pixels.nbytes + picture.width * picture.height * 28, "segmenting the image")
    bright = picture.brightness()
    if inputs["smoothing"] > 0:
        bright = blur(bright, inputs["smoothing"])
    job.report("execute", 0.3)
    is_object = objects_of(bright, inputs["threshold"], inputs["dark_objects"])
    labels = number_objects(is_object, inputs["connectivity"], inputs["min_area"])
    job.report("execute", 0.7)
    objects = describe_objects(labels)
    job.report("finish", 0, f"{len(objects)} objects", preview=write_preview(job.output_path("preview.png"), _coloured(labels)))
    return {"labels": write_png(job.output_path("labels.png"), labels), "count": len(objects), "objects": objects}


def objects_of(bright: np.ndarray, threshold: float | None, is_dark: bool) -> np.ndarray:
    """Which pixels belong to objects. A given threshold itself counts as object, on either side; Otsu's is the dark side's last."""
    if threshold is not None:
        return bright <= threshold if is_dark else bright >= threshold
    if bright.min() == bright.max():
        # Nothing to tell apart.
        return np.zeros(bright.shape, bool)
    level = threshold_otsu(bright)
    return bright <= level if is_dark else bright > level


def number_objects(is_object: np.ndarray, connectivity: int, min_area: int) -> np.ndarray:
    """A 16-bit picture of numbers from 1, without gaps; 0 is background."""
    labels = label(is_object, connectivity=1 if connectivity == 4 else 2)
    areas = np.bincount(labels.ravel())
    kept = areas >= min_area
    kept[0] = False
    count = int(np.count_nonzero(kept))
    if count > MOST_OBJECTS:
        raise InvalidInputsError(f"there are {count} objects; at most {MOST_OBJECTS} can be numbered: raise min_area or smoothing")
    numbers = np.zeros(len(areas), np.uint16)
    numbers[kept] = np.arange(1, count + 1)
    return numbers[labels]


def describe_objects(labels: np.ndarray) -> list[dict[str, Any]]:
    """Number, area, middle and box of each object."""
    if not labels.any():
        return []
    table = regionprops_table(labels, properties=("label", "area", "centroid", "bbox"))
    objects = [
        {
            "label": int(table["label"][i]),
            "area": int(table["area"][i]),
            "centroid": [round(float(table["centroid-1"][i]), 2), round(float(table["centroid-0"][i]), 2)],
            "box": [
                int(table["bbox-1"][i]),
                int(table["bbox-0"][i]),
                int(table["bbox-3"][i] - table["bbox-1"][i]),
                int(table["bbox-2"][i] - table["bbox-0"][i]),
            ],
        }
        for i in range(len(table["label"]))
    ]
    if len(json.dumps(objects, separators=(",", ":"))) > MOST_LIST_BYTES:
        raise InvalidInputsError(f"the list of {len(objects)} objects is larger than a run's outputs may be: raise min_area or smoothing")
    return objects


def _coloured(labels: np.ndarray) -> np.ndarray:
    """Objects in colours, for the preview alone."""
    step = max(1, max(labels.shape) // (2 * PREVIEW_PIXELS))
    return (label2rgb(labels[::step, ::step], bg_label=0) * 255).astype(np.uint8)
