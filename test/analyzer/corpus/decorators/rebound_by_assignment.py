# expect error rebound_decorator 7:2
from callsheet.memory import numpy

numpy, other = None, 1


@numpy
def scale(image, factor: float = 2.0):
    return image * factor
