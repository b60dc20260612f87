# expect function numpy.scale
# call-image {}
from callsheet.memory import numpy as on_the_cpu


@on_the_cpu
def scale(image, factor: float = 2.0):
    return image * factor
