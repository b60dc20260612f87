# expect error first_parameter 6:11
from callsheet.memory import numpy


@numpy
def scale(factor: float, image):
    return image * factor
