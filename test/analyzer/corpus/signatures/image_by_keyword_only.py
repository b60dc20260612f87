# expect error first_parameter 6:14
from callsheet.memory import numpy


@numpy
def scale(*, image, factor: float = 2.0):
    return image * factor
