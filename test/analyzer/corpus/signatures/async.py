# expect function numpy.scale
# expect function python.halve
# call-image scale {}
# call halve {"value": 5.0} => {"result": 2.5}
from callsheet.memory import numpy, python


@numpy
async def scale(image, factor: float = 2.0):
    return image * factor


@python
async def halve(value: float) -> float:
    return value / 2
