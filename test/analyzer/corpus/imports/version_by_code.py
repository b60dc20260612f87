# expect function numpy.same
# call-image {}
from callsheet.memory import numpy

__version__ = ".".join(["1", "2", "3"])


@numpy
def same(image):
    return image
