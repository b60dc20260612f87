# expect function numpy.scale
# call-image {}
import functools
from functools import lru_cache, wraps

from callsheet.memory import numpy as array


def _logged(fn):
    @wraps(fn)
    def inner(*args, **kwargs):
        return fn(*args, **kwargs)

    return inner


@_logged
@array
@_logged
def scale(image, factor: float = 2.0):
    return image * _factor(factor)


@lru_cache(maxsize=8)
def _factor(value):
    return float(value)


@functools.cache
@staticmethod
def _other():
    return 1
