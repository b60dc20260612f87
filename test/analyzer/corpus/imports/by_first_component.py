# expect error forbidden_import 4:8
# expect error forbidden_import 6:8
# expect error forbidden_import 8:6
import os.path
import osmosis
import http.client as client
import httpx
from sys import (
    argv,
    path as search,
)

from callsheet.memory import numpy


@numpy
def look(image):
    return image
