# expect error rebound_decorator 10:2
from callsheet.memory import numpy


@numpy
def numpy(image):
    return image


@numpy
def scale(image, factor: float = 2.0):
    return image * factor
