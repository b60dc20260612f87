# expect warning unknown_type 13:19
# expect function numpy.measure
# expect inputs image, slice_by_slice, dtype_conversion
# expect input image {"type":"file","required":true,"format":["npy","tif","tiff","png","jpg","jpeg","zip"]}
# expect output image {"type":"file","format":["npy","tif","tiff","png"],"required":true}
# expect output output_1 {"type":"any","required":true}
# call-image {}
from callsheet.memory import numpy


@numpy
def measure(image):
    return image, image.mean().item()
