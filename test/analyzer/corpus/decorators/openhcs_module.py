# expect function numpy.scale
# call-image {}
from openhcs.core import memory


@memory.numpy
def scale(image, factor: float = 2.0):
    return image * factor
