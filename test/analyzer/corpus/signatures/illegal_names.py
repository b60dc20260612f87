# expect error illegal_name 10:5
# expect error illegal_name 15:5
# expect error illegal_name 20:5
# expect error illegal_name 25:5
# expect error illegal_name 30:5
from callsheet.memory import numpy


@numpy
def scale__twice(image):
    return image * 4


@numpy
def scale_(image):
    return image * 2


@numpy
def größe(image):
    return image


@numpy
def 大(image):
    return image


@numpy
def a_function_whose_name_is_longer_than_any_name_of_a_function_may_be_here(image):
    return image
