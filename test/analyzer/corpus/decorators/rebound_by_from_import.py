# expect error rebound_decorator 6:2
from callsheet.memory import jax
from jax import numpy


@numpy
def scale(image, factor: float = 2.0):
    return image * factor
