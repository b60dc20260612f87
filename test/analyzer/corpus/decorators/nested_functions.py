# expect function numpy.scale
# call-image {}
from callsheet.memory import numpy, torch


@numpy
def scale(image, factor: float = 2.0):
    @torch
    def inner(picture):
        return picture

    def helper(x):
        return x

    return helper(image * factor)


class Tools:
    @numpy
    def method(self):
        return self
