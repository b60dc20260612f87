# expect function python.order
# expect input axes {"type":"array","items":{"type":"string","enum":["x","y"]},"required":true}
# expect input unique {"type":"array","items":{"type":"string","enum":["x","y"]},"unique_items":true,"default":["x"]}
# expect input pair {"type":"array","items":{"type":"string","enum":["x","y"]},"min_items":2,"max_items":2,"default":["x","y"]}
# expect output result {"type":"array","items":{"type":"string"},"required":true}
# call {"axes": ["y", "x"]} => {"result": ["Y", "X"]}
from enum import Enum


class Axis(Enum):
    X = "x"
    Y = "y"


def order(axes: list[Axis], unique: set[Axis] = {Axis.X}, pair: tuple[Axis, Axis] = (Axis.X, Axis.Y)) -> list[str]:
    return [axis.name for axis in axes]
