# expect error decorator_argument 5:11
from callsheet.memory import cupy


@cupy(gpu=False)
def scale(image, factor: float = 2.0):
    return image * factor
