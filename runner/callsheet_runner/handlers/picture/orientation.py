"""How a camera was held, from the tag of EXIF and of TIFF."""

import numpy as np

#: The tag's number, in both.
ORIENTATION_TAG = 274


def upright(pixels: np.ndarray, orientation: int) -> np.ndarray:
    """Turns and mirrors a picture as the tag (1 to 8) asks; an unknown value turns nothing."""
    if orientation in (5, 6, 7, 8):
        pixels = pixels.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)
