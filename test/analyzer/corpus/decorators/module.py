# expect function numpy.scale
# call-image {}
import callsheet.memory


@callsheet.memory.numpy
def scale(image, factor: float = 2.0):
    return image * factor
