# expect error decorator_argument 5:8
from callsheet.memory import numpy


@numpy(4)
def scale(image, factor: float = 2.0):
    return image * factor
