# expect error declared_encoding 2:15
# -*- coding: utf-7 -*-
from callsheet.memory import numpy


@numpy
def same(image):
    return image
