"""The handler of the template `image_threshold`."""

from typing import Any

import numpy as np
from skimage.filters import threshold_mean, threshold_otsu

from callsheet_runner.handlers.picture.memory_room import require_room
from callsheet_runner.handlers.picture.read_picture import read_picture
from callsheet_runner.handlers.picture.write_png import write_png, write_preview
from callsheet_runner.job import Job


def image_threshold(inputs: dict[str, Any], job: Job) -> dict[str, Any]:
    """Splits a picture by brightness. The level is one of 8 bits, so `fixed` with the level of another run gives that run's mask."""
    job.report("prepare", 0)
    picture = read_picture(inputs["image"], job, inputs.get("stack", "max"))
    require_room(job, picture.pixels.nbytes + picture.width * picture.height * 8, "splitting the image")
    bright = picture.brightness_in_8_bits()
    job.report("execute", 0.3)
    level = level_of(bright, inputs["method"], inputs["level"])
    is_foreground = bright <= level if inputs["invert"] else bright > level
    mask = np.where(is_foreground, np.uint8(255), np.uint8(0))
    job.report("finish", 0, f"level {level}", preview=write_preview(job.output_path("preview.png"), mask))
    return {
        "mask": write_png(job.output_path("mask.png"), mask),
        "level": level,
        "foreground_share": round(float(np.count_nonzero(is_foreground) / is_foreground.size), 6),
    }


def level_of(bright: np.ndarray, method: str, fixed: int) -> int:
    """The level, above which pixels are bright."""
    if method == "fixed":
        return fixed
    # Pixels are whole numbers: those above a mean of 41.7 are those above 41.
    return int(threshold_otsu(bright)) if method == "otsu" else int(threshold_mean(bright))
