# expect warning variadic_parameter 12:18
# expect warning variadic_parameter 12:35
# expect warning variadic_parameter 17:11
# expect function numpy.scale
# expect function python.total
# call-image scale {}
# call total {} => {"result": 0}
from callsheet.memory import numpy, python


@numpy
def scale(image, *factors: float, **options: bool):
    return image


@python
def total(*values: float) -> float:
    return sum(values)
