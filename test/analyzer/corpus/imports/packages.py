# expect function numpy.soften
# expect packages PIL, cv2, numpy, openhcs, scipy, skimage
from __future__ import annotations

import asyncio
import json, tomllib
import math as m
import xml.etree.ElementTree as tree
from collections import OrderedDict

import numpy as np
import PIL.Image
from scipy.ndimage import gaussian_filter
from skimage import filters as f, measure
import openhcs.constants

from callsheet.memory import numpy
from openhcs.core.memory.decorators import torch


@numpy
def soften(image, sigma: float = 1.0):
    import cv2

    return np.asarray(f.gaussian(image, sigma))
