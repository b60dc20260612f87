# expect function numpy.measure
# expect inputs image, slice_by_slice, dtype_conversion
# expect input image {"type":"file","required":true,"format":["npy","tif","tiff","png","jpg","jpeg","zip"]}
# expect output image {"type":"file","format":["npy","tif","tiff","png"],"required":true}
# expect output mean {"type":"float","required":true}
# expect output note {"type":"string","required":true}
# call-image {}
from typing import NamedTuple

import numpy as np
from callsheet.memory import numpy


class Measured(NamedTuple):
    image: np.ndarray
    mean: float
    note: str = ""


@numpy
def measure(image) -> Measured:
    return Measured(image, float(image.mean()))
