# expect error decorator_argument 5:20
from openhcs.core.memory.decorators import numpy


@numpy(output_type="torch")
def scale(image, factor: float = 2.0):
    return image * factor
