# expect error generator_function 9:9
# expect error generator_function 15:9
from callsheet.memory import numpy, python


@numpy
def planes(image):
    for plane in image:
        yield plane


@python
async def count(to: int) -> list[int]:
    for number in range(to):
        yield number


@python
def spread(values: list[float]) -> list[float]:
    def inner():
        yield from values

    later = lambda: (yield)
    return list(inner()) if later else []
