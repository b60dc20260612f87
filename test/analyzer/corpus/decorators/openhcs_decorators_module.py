# expect function numpy.scale
# call-image {}
from openhcs.core.memory import decorators


@decorators.numpy
def scale(image, factor: float = 2.0):
    return image * factor
