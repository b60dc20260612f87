# expect function numpy.scale
# call-image {}
from callsheet.memory import numpy

array_function = numpy
other = array_function


@other
def scale(image, factor: float = 2.0):
    return image * factor
