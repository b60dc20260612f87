# expect function numpy.scale
# call-image {}
from callsheet.memory import numpy

small = numpy(memory_gb=0.5, cpu_cores=2)


@small
def scale(image, factor: float = 2.0):
    return image * factor
