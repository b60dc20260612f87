# expect warning no_image_returned 10:20
# expect function numpy.mean
# expect inputs image, slice_by_slice, dtype_conversion
# expect input image {"type":"file","required":true,"format":["npy","tif","tiff","png","jpg","jpeg","zip"]}
# expect output image {"type":"file","format":["npy","tif","tiff","png"],"required":true}
from callsheet.memory import numpy


@numpy
def mean(image) -> float:
    return float(image.mean())
