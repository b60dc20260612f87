# expect error duplicate_id 11:5
from callsheet.memory import numpy, torch


@numpy
def scaleImage(image):
    return image * 2


@numpy
def scale_image(image):
    return image * 3


@torch
def ScaleImage(image):
    return image * 4
