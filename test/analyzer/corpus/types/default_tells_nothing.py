# expect warning unknown_type 19:17
# expect warning unknown_type 19:35
# expect warning default_unsayable 19:63
# expect warning unknown_type 19:74
# expect function numpy.cast
# expect inputs image, dtype, size, scale, order, slice_by_slice, dtype_conversion
# expect input image {"type":"file","required":true,"format":["npy","tif","tiff","png","jpg","jpeg","zip"]}
# expect input dtype {"type":"any","required":false}
# expect input size {"type":"any","required":false}
# expect input scale {"type":"float","required":false}
# expect input order {"type":"any","required":true}
# expect output image {"type":"file","format":["npy","tif","tiff","png"],"required":true}
# call-image {"order": 1, "scale": 2}
import numpy as np
from callsheet.memory import numpy


@numpy
def cast(image, dtype=np.float32, size=np.prod((2, 2)), scale=np.inf, *, order):
    return image
