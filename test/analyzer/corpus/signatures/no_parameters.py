# expect error first_parameter 6:5
from callsheet.memory import numpy


@numpy
def make():
    return None
