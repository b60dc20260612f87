# expect error forbidden_import 6:12
from callsheet.memory import numpy

TYPE_CHECKING = True
if TYPE_CHECKING:
    import os


@numpy
def look(image):
    return image
