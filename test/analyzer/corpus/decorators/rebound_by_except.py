# expect error rebound_decorator 10:2
from callsheet.memory import numpy

try:
    1 / 0
except ZeroDivisionError as numpy:
    pass


@numpy
def scale(image, factor: float = 2.0):
    return image * factor
