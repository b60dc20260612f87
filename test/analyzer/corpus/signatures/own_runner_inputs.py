# expect function numpy.scale
# expect inputs image, slice_by_slice, dtype_conversion
from callsheet.memory import numpy


@numpy
def scale(image, slice_by_slice: bool = True, dtype_conversion: str = "native"):
    return image if slice_by_slice else image * 2
