# expect function numpy.measure
# expect inputs image, slice_by_slice, dtype_conversion
# expect input image {"type":"file","required":true,"format":["npy","tif","tiff","png","jpg","jpeg","zip"]}
# expect output image {"type":"file","format":["npy","tif","tiff","png"],"required":true,"description":"As it came."}
# expect output mean {"type":"float","required":true,"description":"Its mean."}
# expect output mask {"type":"file","format":["npy","tif","tiff","png"],"required":true,"description":"Where it is bright."}
import numpy as np
from callsheet.memory import numpy


@numpy
def measure(image) -> tuple[np.ndarray, float, np.ndarray]:
    """Measure.

    Returns
    -------
    stack : np.ndarray
        As it came.
    mean : float
        Its mean.
    mask : np.ndarray
        Where it is bright.
    """
    return image, float(image.mean()), image > image.mean()
