# expect error rebound_decorator 8:2
from callsheet.memory import numpy

if (numpy := 3) > 2:
    pass


@numpy
def scale(image, factor: float = 2.0):
    return image * factor
