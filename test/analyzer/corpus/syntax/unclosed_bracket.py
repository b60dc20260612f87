# expect error syntax_error 11:1
from callsheet.memory import numpy


@numpy
def brighten(image, amount: float = 0.1):
    return (image + amount


@numpy
def darken(image, amount: float = 0.1):
    return image - amount
