"""One plane out of many."""

import numpy as np


def project_stack(planes: np.ndarray, how: str) -> np.ndarray:
    """Makes one plane of `planes` (planes first): of each pixel the brightest (`max`), the rounded `mean`, or the `first` plane."""
    if how == "first" or len(planes) == 1:
        return planes[0]
    if how == "max":
        return planes.max(axis=0)
    if how == "mean":
        # Sums of 16-bit planes stay exact in 64 bits.
        total = planes.sum(axis=0, dtype=np.uint64)
        return ((total + len(planes) // 2) // len(planes)).astype(planes.dtype)
    raise ValueError(f"a stack is projected by max, mean or first; got {how!r}")
