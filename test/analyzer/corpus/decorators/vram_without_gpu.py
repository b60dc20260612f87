# expect warning vram_without_gpu 7:16
# expect function numpy.scale
# call-image {}
from callsheet.memory import numpy


@numpy(vram_gb=4)
def scale(image, factor: float = 2.0):
    return image * factor
