# expect error decorator_argument 8:8
# expect error decorator_argument 8:15
from callsheet.memory import numpy

settings = {'memory_gb': 2}


@numpy(*[], **settings)
def scale(image, factor: float = 2.0):
    return image * factor
