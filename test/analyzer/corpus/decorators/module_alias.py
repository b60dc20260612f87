# expect function numpy.scale
# call-image {}
import callsheet.memory as m


@m.numpy(memory_gb=1)
def scale(image, factor: float = 2.0):
    return image * factor
