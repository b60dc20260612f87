# expect function python.depth
# expect input bits {"type":"integer","enum":[8,16],"required":true}
# expect input sign {"type":"integer","enum":[-1,1],"default":-1}
# expect input step {"type":"integer","enum":[1],"nullable":true,"default":null}
# expect output result {"type":"integer","required":true}
# call {"bits": 16} => {"result": -16}
from typing import Literal

Bits = Literal[8, 16]


def depth(bits: Bits, sign: Literal[-1, 1] = -1, step: Literal[1, None] = None) -> int:
    return bits * sign
