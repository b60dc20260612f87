# expect error no_function 1:1
from callsheet.memory import numpy


@numpy
def _scale(image, factor: float = 2.0):
    return image * factor


class Filter:
    def apply(self, image):
        return image
