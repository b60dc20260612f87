# expect error rebound_decorator 10:2
import contextlib

from callsheet.memory import numpy

with contextlib.nullcontext() as numpy:
    pass


@numpy
def scale(image, factor: float = 2.0):
    return image * factor
