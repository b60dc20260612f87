# expect error rebound_decorator 7:2
from callsheet.memory import numpy

found = [numpy for value in range(3) if (numpy := value)]


@numpy
def scale(image, factor: float = 2.0):
    return image * factor
