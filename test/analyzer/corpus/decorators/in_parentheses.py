# expect function numpy.scale
# call-image {}
from callsheet.memory import numpy


@(numpy)
def scale(image, factor: float = 2.0):
    return image * factor
