# expect error relative_import 3:6
# expect error relative_import 4:6
from . import helpers
from ..shared.filters import blur as soft
from callsheet.memory import numpy


@numpy
def look(image):
    return soft(image)
