# expect error rebound_decorator 9:2
from callsheet.memory import numpy

match [1, 2]:
    case [1, numpy]:
        pass


@numpy
def scale(image, factor: float = 2.0):
    return image * factor
