# expect error too_many_functions 166:5
from callsheet.memory import numpy


@numpy
def scale_0(image):
    return image * 0


@numpy
def scale_1(image):
    return image * 1


@numpy
def scale_2(image):
    return image * 2


@numpy
def scale_3(image):
    return image * 3


@numpy
def scale_4(image):
    return image * 4


@numpy
def scale_5(image):
    return image * 5


@numpy
def scale_6(image):
    return image * 6


@numpy
def scale_7(image):
    return image * 7


@numpy
def scale_8(image):
    return image * 8


@numpy
def scale_9(image):
    return image * 9


@numpy
def scale_10(image):
    return image * 10


@numpy
def scale_11(image):
    return image * 11


@numpy
def scale_12(image):
    return image * 12


@numpy
def scale_13(image):
    return image * 13


@numpy
def scale_14(image):
    return image * 14


@numpy
def scale_15(image):
    return image * 15


@numpy
def scale_16(image):
    return image * 16


@numpy
def scale_17(image):
    return image * 17


@numpy
def scale_18(image):
    return image * 18


@numpy
def scale_19(image):
    return image * 19


@numpy
def scale_20(image):
    return image * 20


@numpy
def scale_21(image):
    return image * 21


@numpy
def scale_22(image):
    return image * 22


@numpy
def scale_23(image):
    return image * 23


@numpy
def scale_24(image):
    return image * 24


@numpy
def scale_25(image):
    return image * 25


@numpy
def scale_26(image):
    return image * 26


@numpy
def scale_27(image):
    return image * 27


@numpy
def scale_28(image):
    return image * 28


@numpy
def scale_29(image):
    return image * 29


@numpy
def scale_30(image):
    return image * 30


@numpy
def scale_31(image):
    return image * 31


@numpy
def scale_32(image):
    return image * 32
