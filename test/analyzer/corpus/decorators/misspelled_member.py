# expect error unknown_decorator 5:2
from callsheet import memory


@memory.Torch
def scale(image, factor: float = 2.0):
    return image * factor
