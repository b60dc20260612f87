# expect error first_parameter 6:11
from callsheet.memory import numpy


@numpy
def scale(img, factor: float = 2.0):
    return img * factor
