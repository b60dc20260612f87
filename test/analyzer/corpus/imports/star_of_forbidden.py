# expect error forbidden_import 2:6
from os import *
from callsheet.memory import numpy


@numpy
def look(image):
    return image
