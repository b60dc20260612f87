# expect function numpy.invert
# expect version 2.3.1
# call-image {}
import numpy as np
from callsheet.memory import numpy

__version__ = "2.3.1"


@numpy
def invert(image):
    return np.max(image) - image
