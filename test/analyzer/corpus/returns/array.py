# expect function python.ramp
# expect input n {"type":"integer","required":true}
# expect output result {"type":"file","format":["npy","tif","tiff","png"],"required":true}
import numpy as np


def ramp(n: int) -> np.ndarray:
    return np.arange(n)
