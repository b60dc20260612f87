# expect function numpy.scale_fast
# expect function numpy.scale
# call-image scale {}
from callsheet.memory import numpy

try:
    import no_such_package_anywhere as fast
except ImportError:
    fast = None

if fast is not None:

    @numpy
    def scale_fast(image, factor: float = 2.0):
        return fast.scale(image, factor)

for _ in range(1):

    @numpy
    def scale(image, factor: float = 2.0):
        return image * factor
