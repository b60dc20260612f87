# expect function numpy.negate
# expect packages numpy, scipy
import typing
from typing import TYPE_CHECKING

import numpy as np

from callsheet.memory import numpy

if TYPE_CHECKING:
    import os
    from skimage.measure import label
if typing.TYPE_CHECKING:
    from subprocess import Popen
if not TYPE_CHECKING:
    import scipy
else:
    import pandas


@numpy
def negate(image):
    return np.negative(image)
