# expect function numpy.measure
# expect inputs image, is_told, slice_by_slice, dtype_conversion
# expect input image {"type":"file","required":true,"format":["npy","tif","tiff","png","jpg","jpeg","zip"]}
# expect input is_told {"type":"boolean","default":false}
# expect output image {"type":"file","format":["npy","tif","tiff","png"],"required":true}
# expect output metadata {"type":"object","additional_properties":true,"required":false}
# call-image {"is_told": true}
# call-image {}
from typing import Union

import numpy as np
from callsheet.memory import numpy


@numpy
def measure(image, is_told: bool = False) -> Union[np.ndarray, tuple[np.ndarray, dict]]:
    if is_told:
        return image, {"size": image.size}
    return image
