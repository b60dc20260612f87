# expect error unknown_decorator 3:30
# expect error unknown_decorator 4:33
from callsheet.memory import nunpy
from openhcs.core.memory import opencl, decorators


@nunpy
def same(image):
    return image
