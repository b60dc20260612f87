# expect warning ignored_version 6:15
# expect function numpy.same
# call-image {}
from callsheet.memory import numpy

__version__ = "2.3"


@numpy
def same(image):
    return image
