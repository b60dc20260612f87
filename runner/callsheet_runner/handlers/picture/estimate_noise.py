"""How noisy a picture is."""

import warnings

import numpy as np
from skimage.restoration import estimate_sigma

from callsheet_runner.handlers.picture.picture import Picture


def estimate_noise(picture: Picture) -> float:
    """Standard deviation of the noise as a share of the value range, averaged over the colours (wavelet estimate of Donoho and
    Johnstone). 0 when nothing varies, as in a flat or a tiny picture."""
    found = []
    for index in range(picture.colours):
        channel = picture.pixels[:, :, index].astype(np.float32)
        channel /= picture.full
        with warnings.catch_warnings():
            # Of means over nothing, when all is flat, and of narrow pictures that might be colours.
            warnings.simplefilter("ignore")
            sigma = float(estimate_sigma(channel))
        found.append(0.0 if np.isnan(sigma) else sigma)
    return round(min(1.0, sum(found) / len(found)), 6)
