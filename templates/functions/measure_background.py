from dataclasses import dataclass

import numpy as np

__version__ = "1.0.0"


@dataclass
class Background:
    """How bright a picture is where nothing is. All as a share of the value range.

    Attributes:
        level: Middle brightness of the background.
        spread: Its standard deviation.
        peak: Brightness of the brightest pixel.
        share: Pixels that count as background, as a share of all.
    """

    level: float
    spread: float
    peak: float
    share: float


def measure_background(picture: np.ndarray, reach: float = 3.0) -> Background:
    """Measure the background of a picture of bright objects.

    Pixels far above the middle are left out again and again, until none is left to leave out.

    Args:
        picture: The picture; of several channels their mean counts.
        reach: Standard deviations above the middle at which a pixel belongs to an object.

    Returns:
        How bright the background is, and how even.
    """
    full = np.iinfo(picture.dtype).max if picture.dtype.kind in "iu" else 1.0
    pixels = picture.mean(axis=0).ravel() / full
    kept = pixels
    for _ in range(50):
        middle = float(np.median(kept))
        spread = 1.4826 * float(np.median(np.abs(kept - middle)))
        within = kept[kept <= middle + reach * max(spread, 1 / full)]
        if len(within) == len(kept):
            break
        kept = within
    return Background(
        level=round(float(np.median(kept)), 6),
        spread=round(float(kept.std()), 6),
        peak=round(float(pixels.max()), 6),
        share=round(len(kept) / len(pixels), 6),
    )
