# expect function numpy.scale
# call-image {}
from openhcs.core.memory.decorators import numpy
import numpy as np


@numpy
def scale(image, factor: float = 2.0):
    return image * factor
