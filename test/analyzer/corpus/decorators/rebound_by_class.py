# expect error rebound_decorator 9:2
from callsheet.memory import numpy


class numpy:
    pass


@numpy
def scale(image, factor: float = 2.0):
    return image * factor
