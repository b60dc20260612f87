# expect warning unknown_type 25:21
# expect function python.value
# expect output result {"type":"integer","required":true}
# expect function python.take
# expect input mode {"type":"string","enum":["FAST"],"required":true}
# expect output result {"type":"integer","required":true}
# expect function python.give
# expect input x {"type":"integer","required":true}
# expect output result {"type":"any","required":true}
from enum import Enum


def value() -> int:
    return 7


class Mode(Enum):
    FAST = value()


def take(mode: Mode) -> int:
    return mode.value


def give(x: int) -> Mode:
    return Mode.FAST
