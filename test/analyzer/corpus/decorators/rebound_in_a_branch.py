# expect error rebound_decorator 10:2
import math

from callsheet.memory import numpy

if math.pi > 3:
    numpy = math


@numpy
def scale(image, factor: float = 2.0):
    return image * factor
