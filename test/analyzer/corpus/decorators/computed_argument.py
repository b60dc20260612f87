# expect error decorator_argument 9:18
# expect error decorator_argument 9:34
# expect error decorator_argument 9:57
from callsheet.memory import numpy

SIZE = 4


@numpy(memory_gb=SIZE, cpu_cores=2 * 2, timeout_seconds=int(3))
def scale(image, factor: float = 2.0):
    return image * factor
