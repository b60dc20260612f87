# expect function numpy.scale
# expect function torch.shift
# call-image scale {}
import math

from callsheet.memory import numpy, torch

if math.pi > 3:
    array = numpy

    @array
    def scale(image, factor: float = 2.0):
        return image * factor

else:
    array = torch

    @array
    def shift(image, offset: float = 2.0):
        return image + offset
