# expect error two_decorators 7:2
# expect error two_decorators 13:2
from callsheet.memory import numpy, torch


@numpy
@torch(memory_gb=1)
def scale(image, factor: float = 2.0):
    return image * factor


@numpy
@numpy
def shift(image, offset: float = 2.0):
    return image + offset
