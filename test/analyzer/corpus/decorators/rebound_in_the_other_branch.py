# expect function numpy.scale
# call-image {}
import math

from callsheet.memory import numpy

if math.pi > 4:
    numpy = None
else:

    @numpy
    def scale(image, factor: float = 2.0):
        return image * factor
