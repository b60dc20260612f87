"""The handler of the template `image_resize`."""

from typing import Any

import numpy as np
from PIL import Image
from PIL.Image import Resampling

from callsheet_runner.errors import InvalidInputsError
from callsheet_runner.handlers.picture.memory_room import require_room
from callsheet_runner.handlers.picture.picture import Picture
from callsheet_runner.handlers.picture.read_picture import read_picture
from callsheet_runner.handlers.picture.write_png import write_png, write_preview
from callsheet_runner.job import Job

#: Of each edge of a result, as the template says.
MOST_EDGE = 16384

FILTERS = {
    "nearest": Resampling.NEAREST,
    "bilinear": Resampling.BILINEAR,
    "bicubic": Resampling.BICUBIC,
    "lanczos": Resampling.LANCZOS,
}

#: Left, top, right, bottom, in pixels of the original.
Box = tuple[float, float, float, float]


def image_resize(inputs: dict[str, Any], job: Job) -> dict[str, Any]:
    """Changes the size of a picture. A missing edge follows from the other; 16-bit pictures stay 16-bit, alpha stays."""
    job.report("prepare", 0)
    picture = read_picture(inputs["image"], job, inputs.get("stack", "max"))
    size, box = target_of((picture.width, picture.height), inputs["width"], inputs["height"], inputs["fit"])
    (width, height), channels, depth = size, picture.channels, picture.pixels.itemsize
    # While it is mixed, a pixel takes four bytes more; then there are the result and its file.
    require_room(job, picture.pixels.nbytes * 2 + width * height * (4 + 2 * channels * depth), f"a picture of {width} x {height}")
    job.report("execute", 0.1, f"{picture.width} x {picture.height} to {width} x {height}")
    resized = resize(picture, size, box, FILTERS[inputs["filter"]])
    job.report("finish", 0, preview=write_preview(job.output_path("preview.png"), resized))
    return {"image": write_png(job.output_path("image.png"), resized), "width": width, "height": height}


def target_of(of: tuple[int, int], width: int | None, height: int | None, fit: str) -> tuple[tuple[int, int], Box]:
    """Size of the result, and the part of the original (of size `of`) that fills it."""
    across, down = of
    whole = (0.0, 0.0, float(across), float(down))
    if width is None and height is None:
        raise InvalidInputsError("the new size is missing: give width, height or both")
    if width is None:
        scale = height / down
    elif height is None:
        scale = width / across
    elif fit == "stretch":
        return (width, height), whole
    elif fit == "cover":
        scale = max(width / across, height / down)
        box_width, box_height = min(across, width / scale), min(down, height / scale)
        left, top = (across - box_width) / 2, (down - box_height) / 2
        return (width, height), (left, top, left + box_width, top + box_height)
    else:
        scale = min(width / across, height / down)
    size = (_rounded(across * scale), _rounded(down * scale))
    if max(size) > MOST_EDGE:
        raise InvalidInputsError(
            f"a picture of {across} x {down} would become {size[0]} x {size[1]}; an edge has at most {MOST_EDGE} pixels: ask for less"
        )
    return size, whole


def resize(picture: Picture, size: tuple[int, int], box: Box, resampling: Resampling) -> np.ndarray:
    """The pixels of the part `box`, in another size. Transparent pixels lend no colour to their neighbours."""
    if picture.pixels.dtype == np.uint8:
        # Pillow weighs 8-bit colours with their alpha by itself.
        flat = picture.pixels[:, :, 0] if picture.channels == 1 else picture.pixels
        resized = np.asarray(Image.fromarray(flat).resize(size, resampling, box))
        return resized[:, :, np.newaxis] if resized.ndim == 2 else resized
    return _resize_deep(picture, size, box, resampling)


def _resize_deep(picture: Picture, size: tuple[int, int], box: Box, resampling: Resampling) -> np.ndarray:
    """16 bits: Pillow mixes one channel at a time, as floats."""
    pixels, full = picture.pixels, picture.full
    resized = np.empty((size[1], size[0], picture.channels), np.uint16)

    def mixed(channel: np.ndarray) -> np.ndarray:
        return np.asarray(Image.fromarray(channel).resize(size, resampling, box))

    is_weighed = picture.has_alpha and resampling is not Resampling.NEAREST
    weight = pixels[:, :, -1].astype(np.float32) / full if is_weighed else None
    mixed_weight = None if weight is None else mixed(weight)
    for index in range(picture.channels):
        is_colour = index < picture.colours
        values = pixels[:, :, index].astype(np.float32)
        if is_colour and weight is not None and mixed_weight is not None:
            shown = mixed(values * weight)
            values = np.divide(shown, mixed_weight, out=np.zeros_like(shown), where=mixed_weight > 0.5 / full)
        else:
            values = mixed(values)
        # Sharp filters swing beyond black and white.
        resized[:, :, index] = np.clip(np.rint(values), 0, full)
    return resized


def _rounded(pixels: float) -> int:
    return max(1, int(pixels + 0.5))
