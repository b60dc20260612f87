"""Filters over a square window, one channel at a time."""

import warnings
from collections.abc import Callable

import numpy as np
from scipy import ndimage
from skimage.filters import gaussian, rank
from skimage.morphology import footprint_rectangle

#: A channel and a radius: the window reaches `radius` pixels to each side. Edges are mirrored.
Filter = Callable[[np.ndarray, int], np.ndarray]


def blur(channel: np.ndarray, radius: int) -> np.ndarray:
    """Gaussian, as floats in the channel's own range. The standard deviation is half the radius, so the window ends at two of them."""
    return gaussian(channel.astype(np.float32), sigma=radius / 2, truncate=2, mode="reflect", preserve_range=True)


def mean(channel: np.ndarray, radius: int) -> np.ndarray:
    """Mean of the window, as floats."""
    return ndimage.uniform_filter(channel.astype(np.float32), size=2 * radius + 1, mode="reflect")


def median(channel: np.ndarray, radius: int) -> np.ndarray:
    """Median of the window, in the channel's own type.

    Two ways give the same values: sorting each window, whose time grows with the window, and moving a histogram, whose time grows with
    the number of different grey values. The quicker one is taken.
    """
    edge = 2 * radius + 1
    if channel.dtype == np.uint8:
        return _median_by_histogram(channel, radius)
    # A median only compares, so values may be replaced by their ranks: a 12-bit camera needs 4096 bins, not 65536.
    values, ranks = np.unique(channel, return_inverse=True)
    # scipy sorts the wrong window where that is larger than the picture.
    can_sort = edge <= min(channel.shape)
    # Seconds for a million pixels, measured.
    by_sorting, by_histogram = 0.014 * edge * edge, 0.3 + 33 * len(values) / 65536
    if can_sort and by_sorting < by_histogram:
        return ndimage.median_filter(channel, size=edge, mode="reflect")
    return values[_median_by_histogram(ranks.reshape(channel.shape).astype(np.uint16), radius)]


def _median_by_histogram(channel: np.ndarray, radius: int) -> np.ndarray:
    edge = 2 * radius + 1
    # rank knows no mirrored edges: the window would shrink there.
    wide = np.pad(channel, radius, mode="symmetric")
    with warnings.catch_warnings():
        # Of many bins; they were counted above.
        warnings.simplefilter("ignore")
        filtered = rank.median(wide, footprint_rectangle((edge, edge)))
    return filtered[radius:-radius, radius:-radius]
