# expect warning duplicate_function 8:5
# expect function numpy.scale
# call-image {}
from callsheet.memory import numpy


@numpy
def scale(image, factor: float = 2.0):
    return image


@numpy
def scale(image, factor: float = 3.0, offset: float = 0.0):
    return image * factor + offset
