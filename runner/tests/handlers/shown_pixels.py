"""What the tests of the handlers look at."""

from pathlib import Path

import imagecodecs
import numpy as np


def pixels_of(path: Path) -> np.ndarray:
    """What a PNG file shows."""
    return imagecodecs.png_decode(path.read_bytes())
