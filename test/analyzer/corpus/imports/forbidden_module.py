# expect error forbidden_import 2:8
import os

from callsheet.memory import numpy


@numpy
def save(image, path: str = "out"):
    os.makedirs(path)
    return image
