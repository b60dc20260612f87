"""The handler of the template `image_denoising`."""

from typing import Any

import numpy as np

from callsheet_runner.handlers.picture.estimate_noise import estimate_noise
from callsheet_runner.handlers.picture.filters import Filter, blur, mean, median
from callsheet_runner.handlers.picture.memory_room import require_room
from callsheet_runner.handlers.picture.picture import Picture
from callsheet_runner.handlers.picture.read_picture import read_picture
from callsheet_runner.handlers.picture.write_png import write_png, write_preview
from callsheet_runner.job import Job

FILTERS: dict[str, Filter] = {"median": median, "mean": mean, "gaussian": blur}


def image_denoise(inputs: dict[str, Any], job: Job) -> dict[str, Any]:
    """Takes noise out of a picture. Colours are filtered each by itself; alpha stays as it is."""
    job.report("prepare", 0)
    picture = read_picture(inputs["image"], job, inputs.get("stack", "max"))
    # Original, result and its file; the estimate works on one channel of 4-byte floats, in four parts and copies of them.
    require_room(job, picture.pixels.nbytes * 3 + picture.width * picture.height * 16, "denoising the image")
    before = estimate_noise(picture)
    denoised = Picture(denoise(picture, FILTERS[inputs["method"]], inputs["radius"], inputs["strength"], job))
    job.report("finish", 0, preview=write_preview(job.output_path("preview.png"), denoised.pixels))
    return {
        "image": write_png(job.output_path("image.png"), denoised.pixels),
        "noise_before": before,
        "noise_after": estimate_noise(denoised),
    }


def denoise(picture: Picture, filter_channel: Filter, radius: int, strength: float, job: Job) -> np.ndarray:
    """The filtered pixels, mixed with the original by `strength`; block by block, so that the run can tell how far it is."""
    pixels = picture.pixels
    result = pixels.copy()
    # Blocks much higher than the window, since each also looks at `radius` rows above and below.
    for rows in picture.blocks(least_rows=8 * radius):
        seen = slice(max(0, rows.start - radius), min(picture.height, rows.stop + radius))
        for index in range(picture.colours):
            filtered = filter_channel(pixels[seen, :, index], radius)[rows.start - seen.start : rows.stop - seen.start]
            original = pixels[rows, :, index].astype(np.float32)
            mixed = original + np.float32(strength) * (filtered.astype(np.float32) - original)
            result[rows, :, index] = np.clip(np.rint(mixed), 0, picture.full)
        job.report("execute", rows.stop / picture.height)
    return result
