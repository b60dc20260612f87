# expect error first_parameter 9:11
# expect warning variadic_parameter 9:11
# expect error first_parameter 14:11
# expect warning variadic_parameter 14:11
from callsheet.memory import numpy


@numpy
def scale(*image):
    return image


@numpy
def shift(**image):
    return image
