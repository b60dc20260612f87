# expect function numpy.scale
# call-image {"factor": 3.0}
import numpy as np


@numpy
def scale(image, factor: float = 2.0):
    return image * factor
