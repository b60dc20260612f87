# expect function numpy.invert
# expect inputs image, slice_by_slice, dtype_conversion
# expect input image {"type":"file","required":true,"format":["npy","tif","tiff","png","jpg","jpeg","zip"],"description":"The stack."}
# expect output image {"type":"file","format":["npy","tif","tiff","png"],"required":true,"description":"The inverted stack."}
# call-image {}
import numpy as np
from callsheet.memory import numpy


@numpy
def invert(image: np.ndarray) -> np.ndarray:
    """Invert.

    Args:
        image: The stack.

    Returns:
        The inverted stack.
    """
    return image.max() - image
