# expect error no_function 1:1
"""Only constants."""

from callsheet.memory import numpy

FACTOR = 2.0
