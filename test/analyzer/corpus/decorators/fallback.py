# expect function numpy.scale
# call-image {}
try:
    from callsheet.memory import numpy
except ImportError:
    numpy = None


@numpy
def scale(image, factor: float = 2.0):
    return image * factor
