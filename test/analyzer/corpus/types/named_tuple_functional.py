# expect function python.measure
# expect input point {"type":"object","properties":{"x":{"type":"any","required":true},"y":{"type":"any","default":0}},"required":true}
# expect input span {"type":"object","properties":{"low":{"type":"float","required":true},"high":{"type":"float","required":true}},"required":true}
# expect output result {"type":"float","required":true}
# call {"point": {"x": 1}, "span": {"low": 0.5, "high": 2}} => {"result": 2.5}
import collections
from typing import NamedTuple

Point = collections.namedtuple("Point", "x y", defaults=[0])
Range = NamedTuple("Range", [("low", float), ("high", float)])


def measure(point: Point, span: Range) -> float:
    return point.x + point.y + span.high - span.low
