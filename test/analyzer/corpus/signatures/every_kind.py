# expect function numpy.blend
# expect inputs image, weight, offset, invert, slice_by_slice, dtype_conversion
# call-image {"weight": 0.25, "invert": true}
from callsheet.memory import numpy


@numpy
def blend(image, weight: float = 0.5, /, offset: float = 0.0, *, invert: bool = False):
    result = image * weight + offset
    return -result if invert else result
