from dataclasses import dataclass
from typing import Literal

import numpy as np
from skimage.restoration import estimate_sigma

__version__ = "1.0.0"


@dataclass
class Verdict:
    """What is wrong with a picture.

    Attributes:
        fault: What to do something about: noise first, then too little light, then too little contrast.
        noise: Estimated standard deviation of the noise, as a share of the value range.
        brightness: Mean brightness, from 0 to 1.
        contrast: Distance between the darkest and the brightest hundredth of the pixels, from 0 to 1.
    """

    fault: Literal["noisy", "dark", "flat", "none"]
    noise: float
    brightness: float
    contrast: float


def judge_picture(picture: np.ndarray, most_noise: float = 0.05, least_brightness: float = 0.2, least_contrast: float = 0.3) -> Verdict:
    """Tell what most needs to be done about a picture.

    Args:
        picture: The picture.
        most_noise: Noise above which it is noisy.
        least_brightness: Mean brightness below which it is dark.
        least_contrast: Contrast below which it is flat.

    Returns:
        Its worst fault, and the numbers behind that.
    """
    full = np.iinfo(picture.dtype).max if picture.dtype.kind in "iu" else 1.0
    pixels = picture[:3].astype(np.float32) / full
    noise = float(np.nan_to_num(np.mean([estimate_sigma(plane) for plane in pixels])))
    low, high = np.percentile(pixels, (1, 99))
    brightness, contrast = float(pixels.mean()), float(high - low)
    fault = "none"
    if noise > most_noise:
        fault = "noisy"
    elif brightness < least_brightness:
        fault = "dark"
    elif contrast < least_contrast:
        fault = "flat"
    return Verdict(fault, round(noise, 6), round(brightness, 6), round(contrast, 6))
