# expect function python.sign
# expect input x {"type":"integer","required":true}
# expect output result {"type":"integer","enum":[-1,0,1],"required":true}
# expect function python.parity
# expect input x {"type":"integer","required":true}
# expect output result {"type":"string","enum":["even","odd"],"required":true}
# call sign {"x": -3} => {"result": -1}
# call parity {"x": -3} => {"result": "odd"}
from enum import Enum
from typing import Literal


class Sign(Enum):
    MINUS = -1
    ZERO = 0
    PLUS = 1


def sign(x: int) -> Sign:
    return Sign((x > 0) - (x < 0))


def parity(x: int) -> Literal["even", "odd"]:
    return "odd" if x % 2 else "even"
