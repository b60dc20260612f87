# expect function numpy.blur
# expect inputs image, slice_by_slice, dtype_conversion
# expect input image {"type":"file","required":true,"format":["npy","tif","tiff","png","jpg","jpeg","zip"]}
# expect input slice_by_slice {"type":"boolean","default":true}
# expect input dtype_conversion {"type":"string","default":"native"}
# expect output image {"type":"file","format":["npy","tif","tiff","png"],"required":true}
# call-image {"slice_by_slice": false}
from callsheet.memory import numpy


@numpy
def blur(image, slice_by_slice: bool = True, dtype_conversion: str = "native"):
    return image
