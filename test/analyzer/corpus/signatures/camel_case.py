# expect function numpy.scale_image_by
# expect function numpy.to_rgb8
# call-image scale_image_by {"theFactor": 3.0}
from callsheet.memory import numpy


@numpy
def scaleImageBy(image, theFactor: float = 2.0):
    return image * theFactor


@numpy
def toRGB8(image):
    return image
