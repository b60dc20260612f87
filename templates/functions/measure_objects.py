from dataclasses import dataclass

import numpy as np

__version__ = "1.0.0"


@dataclass
class Objects:
    """What was measured; lists have one entry for each object, by number.

    Attributes:
        count: Objects.
        areas: Pixels of each.
        brightness: Mean brightness of each above the background, as a share of the value range.
        light: Brightness of all its pixels together, for each.
        covered: Pixels of all objects as a share of the picture.
    """

    count: int
    areas: list[int]
    brightness: list[float]
    light: list[float]
    covered: float


def measure_objects(picture: np.ndarray, labels: np.ndarray, background: float = 0.0) -> Objects:
    """Measure how large and how bright the numbered objects of a picture are.

    Args:
        picture: The picture; of several channels their mean counts.
        labels: The same picture with the number of its object at every pixel, 0 where there is none.
        background: Brightness where nothing is, as a share of the value range; it is taken off.

    Returns:
        Size and brightness of each object.
    """
    numbers = labels[0].astype(np.int64)
    if numbers.shape != picture.shape[-2:]:
        raise ValueError(f"the picture has {picture.shape[-2:]} pixels and the labels have {numbers.shape}: they belong to two pictures")
    full = np.iinfo(picture.dtype).max if picture.dtype.kind in "iu" else 1.0
    above = picture.mean(axis=0) / full - background
    count = int(numbers.max())
    areas = np.bincount(numbers.ravel(), minlength=count + 1)[1:]
    light = np.bincount(numbers.ravel(), weights=above.ravel(), minlength=count + 1)[1:]
    return Objects(
        count=count,
        areas=areas.tolist(),
        brightness=np.round(light / np.maximum(areas, 1), 6).tolist(),
        light=np.round(light, 4).tolist(),
        covered=round(float(areas.sum() / numbers.size), 6),
    )
