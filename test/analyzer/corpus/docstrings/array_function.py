# expect function numpy.sharpen
# expect inputs image, amount, slice_by_slice, dtype_conversion
# expect input image {"type":"file","required":true,"format":["npy","tif","tiff","png","jpg","jpeg","zip"],"description":"Stack (C, Y, X)."}
# expect input amount {"type":"float","default":1,"description":"How much."}
# expect output image {"type":"file","format":["npy","tif","tiff","png"],"required":true,"description":"The sharpened stack."}
# expect output metadata {"type":"object","additional_properties":true,"required":true,"description":"What was done."}
# call-image {"amount": 2}
from callsheet.memory import numpy


@numpy
def sharpen(image, amount: float = 1.0):
    """Sharpen a stack.

    Args:
        image: Stack (C, Y, X).
        amount: How much.

    Returns:
        image: The sharpened stack.
        metadata: What was done.
    """
    return image * amount, {"amount": amount}
