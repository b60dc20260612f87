# expect warning duplicate_function 9:5
# expect warning undecorated_function 13:5
# expect function numpy.shift
# call-image shift {}
from callsheet.memory import numpy


@numpy
def scale(image, factor: float = 2.0):
    return image


def scale(image, factor: float = 3.0):
    return image * factor


@numpy
def shift(image, offset: float = 2.0):
    return image + offset
