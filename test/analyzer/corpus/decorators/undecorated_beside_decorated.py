# expect warning undecorated_function 8:5
# expect warning undecorated_function 12:5
# expect function numpy.scale
# call-image {}
from callsheet.memory import numpy


def clip(values, low: float, high: float):
    return values.clip(low, high)


def typed(value: float) -> float:
    return value


@numpy
def scale(image, factor: float = 2.0):
    return clip(image * factor, 0.0, 1.0)
