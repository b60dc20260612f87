# expect function numpy.middle
# expect packages numpy, scipy, skimage
import numpy as np

from callsheet.memory import numpy

try:
    import numba
except ImportError:
    numba = None

try:
    import tomllib
except ModuleNotFoundError:
    import tomli as tomllib

try:
    import scipy
except ImportError as error:
    raise RuntimeError("scipy is needed") from error

try:
    import bottleneck
except (ImportError, OSError):
    bottleneck = np

try:
    import skimage
except ValueError:
    pass

if __name__ == "__main__":
    import matplotlib


@numpy
def middle(image):
    return image - np.median(image)
