# expect error forbidden_import 3:21
# expect error forbidden_import 4:8
import numpy as np, os as system
import subprocess as sp

from callsheet.memory import numpy


@numpy
def run(image):
    sp.run(["ls"])
    return np.abs(image)
