# expect function python.area
# expect input box {"type":"object","properties":{"width":{"type":"float","required":true},"height":{"type":"float","default":2}},"required":true}
# expect input times {"type":"integer","nullable":true,"default":null}
# expect output result {"type":"float","required":true}
# call {"box": {"width": 3}} => {"result": 6.0}
# call {"box": {"width": 3, "height": 1}, "times": 2} => {"result": 6.0}
from __future__ import annotations

from dataclasses import dataclass


def area(box: Box, times: int | None = None) -> float:
    return box.width * box.height * (times or 1)


@dataclass
class Box:
    width: float
    height: float = 2.0
