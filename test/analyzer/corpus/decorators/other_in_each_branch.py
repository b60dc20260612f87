# expect error rebound_decorator 10:2
import math

if math.pi > 3:
    from callsheet.memory import numpy as array
else:
    from callsheet.memory import jax as array


@array
def scale(image, factor: float = 2.0):
    return image * factor
