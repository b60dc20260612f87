# expect error rebound_decorator 6:2
from callsheet.memory import numpy as np
import numpy as np


@np(memory_gb=1)
def scale(image, factor: float = 2.0):
    return image * factor
