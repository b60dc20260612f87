# expect function numpy.measure
# expect inputs image, slice_by_slice, dtype_conversion
# expect input image {"type":"file","required":true,"format":["npy","tif","tiff","png","jpg","jpeg","zip"]}
# expect output image {"type":"file","format":["npy","tif","tiff","png"],"required":true}
# expect output metadata {"type":"object","additional_properties":true,"required":true}
# expect output output_2 {"type":"integer","required":true}
# call-image {}
import numpy as np
from callsheet.memory import numpy


@numpy
def measure(image: np.ndarray) -> tuple[np.ndarray, dict, int]:
    return image, {"a": 1}, 2
