# expect error first_parameter 6:11
from callsheet.memory import numpy


@numpy
def scale(self, image):
    return image
