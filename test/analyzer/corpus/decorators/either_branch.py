# expect function numpy.scale
# call-image {}
import math

if math.pi > 3:
    from callsheet.memory import numpy as array
else:
    from openhcs.core.memory import numpy as array


@array
def scale(image, factor: float = 2.0):
    return image * factor
