# expect function python.area
# expect input size {"type":"object","properties":{"width":{"type":"integer","required":true},"height":{"type":"integer","default":1}},"required":true}
# expect output result {"type":"integer","required":true}
# call {"size": {"width": 3}} => {"result": 3}
# call {"size": {"width": 3, "height": 4}} => {"result": 12}
from typing import NamedTuple


class Size(NamedTuple):
    width: int
    height: int = 1


def area(size: Size) -> int:
    return size.width * size.height
