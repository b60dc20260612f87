# expect error rebound_decorator 7:2
from callsheet.memory import numpy

numpy: object = print


@numpy
def scale(image, factor: float = 2.0):
    return image * factor
