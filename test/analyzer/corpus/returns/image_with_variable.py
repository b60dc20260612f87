# expect function numpy.measure
# expect inputs image, slice_by_slice, dtype_conversion
# expect input image {"type":"file","required":true,"format":["npy","tif","tiff","png","jpg","jpeg","zip"]}
# expect output image {"type":"file","format":["npy","tif","tiff","png"],"required":true}
# expect output metadata {"type":"any","required":true}
# call-image {}
from callsheet.memory import numpy


@numpy
def measure(image):
    metadata = {"mean": float(image.mean())}
    return image, metadata
