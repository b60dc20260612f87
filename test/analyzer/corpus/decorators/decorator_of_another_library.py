# expect error rebound_decorator 13:2
from mylab.tools import numpy_checked as checked, torch

from callsheet.memory import numpy


@checked
@numpy
def scale(image, factor: float = 2.0):
    return image * factor


@torch
def shift(image, offset: float = 2.0):
    return image + offset
