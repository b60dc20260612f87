# expect function numpy.measure
# expect inputs image, is_told, slice_by_slice, dtype_conversion
# expect input image {"type":"file","required":true,"format":["npy","tif","tiff","png","jpg","jpeg","zip"]}
# expect input is_told {"type":"boolean","default":true}
# expect output image {"type":"file","format":["npy","tif","tiff","png"],"required":true}
# expect output metadata {"type":"object","additional_properties":true,"required":false}
# call-image {"is_told": false}
# call-image {"is_told": true}
from callsheet.memory import numpy


@numpy
def measure(image, is_told=True):
    if not is_told:
        return image
    return image, {"mean": float(image.mean())}
