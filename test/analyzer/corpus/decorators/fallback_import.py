# expect function numpy.scale
# call-image {}
try:
    from callsheet.memory import numpy
except ImportError:
    from openhcs.core.memory import numpy
else:
    pass
finally:
    pass


@numpy
def scale(image, factor: float = 2.0):
    return image * factor
