# expect function numpy.measure
# expect inputs image, scale, slice_by_slice, dtype_conversion
# expect input image {"type":"file","required":true,"format":["npy","tif","tiff","png","jpg","jpeg","zip"]}
# expect input scale {"type":"float","default":1}
# expect output image {"type":"file","format":["npy","tif","tiff","png"],"required":true}
# expect output metadata {"type":"object","additional_properties":true,"required":true}
# call-image {"scale": 2}
from callsheet.memory import numpy


@numpy
def measure(image, scale=1.0):
    return image, {"mean": float(image.mean()) * scale}
