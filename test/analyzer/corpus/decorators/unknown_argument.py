# expect error unknown_decorator_argument 7:8
# expect error unknown_decorator_argument 7:18
# expect error unknown_decorator_argument 7:39
from callsheet.memory import numpy


@numpy(memory=4, vram_gbs=2, colour = 'red')
def scale(image, factor: float = 2.0):
    return image * factor
