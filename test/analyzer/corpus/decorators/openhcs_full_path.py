# expect function numpy.scale
# call-image {}
import openhcs.core.memory.decorators


@openhcs.core.memory.decorators.numpy
def scale(image, factor: float = 2.0):
    return image * factor
