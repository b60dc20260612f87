# expect error unknown_decorator 5:2
import numpy as np


@fast
def scale(image, factor: float = 2.0):
    return image * factor
