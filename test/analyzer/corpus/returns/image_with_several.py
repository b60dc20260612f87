# expect function numpy.measure
# expect inputs image, slice_by_slice, dtype_conversion
# expect input image {"type":"file","required":true,"format":["npy","tif","tiff","png","jpg","jpeg","zip"]}
# expect output image {"type":"file","format":["npy","tif","tiff","png"],"required":true}
# expect output output_1 {"type":"float","required":true}
# expect output output_2 {"type":"integer","required":true}
# expect output output_3 {"type":"string","required":true}
# expect output output_4 {"type":"array","required":true}
# call-image {}
from callsheet.memory import numpy


@numpy
def measure(image):
    return image, float(image.mean()), len(image), "text", [1]
