# expect function numpy.scale
# call-image {}
import openhcs.core.memory.decorators as deco


@deco.numpy
def scale(image, factor: float = 2.0):
    return image * factor
