# expect error forbidden_import 3:6
# expect error forbidden_import 4:6
from os import path, environ
from urllib.request import urlopen as fetch
from callsheet.memory import numpy


@numpy
def look(image):
    return image
