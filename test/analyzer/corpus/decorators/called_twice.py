# expect error decorator_argument 5:2
from callsheet.memory import numpy


@numpy()()
def scale(image, factor: float = 2.0):
    return image * factor
