# expect error rebound_decorator 8:2
from callsheet.memory import numpy

for (_, [numpy, *_rest]) in []:
    pass


@numpy
def scale(image, factor: float = 2.0):
    return image * factor
