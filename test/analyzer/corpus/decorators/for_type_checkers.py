# expect function numpy.scale
# call-image {}
from typing import TYPE_CHECKING

from callsheet.memory import numpy

if TYPE_CHECKING:
    import numpy


@numpy
def scale(image, factor: float = 2.0):
    return image * factor
