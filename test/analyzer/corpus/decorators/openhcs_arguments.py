# expect warning ignored_argument 10:8
# expect warning ignored_argument 10:28
# expect warning ignored_argument 10:49
# expect warning ignored_argument 10:68
# expect function numpy.scale
# call-image {}
from openhcs.core.memory.decorators import numpy


@numpy(input_type="numpy", output_type="numpy", oom_recovery=True, contract=len)
def scale(image, factor: float = 2.0):
    return image * factor
