# expect function numpy.scale
# call-image {}
from callsheet.memory import numpy


def _inner(numpy):
    import numpy

    numpy = [numpy for numpy in range(3)]
    return lambda numpy: numpy


class Settings:
    numpy = 3

    def jax(self):
        global torch
        torch = 1


values = [numpy for numpy in range(3)]


@numpy
def scale(image, factor: float = 2.0):
    return image * factor
