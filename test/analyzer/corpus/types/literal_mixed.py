# expect warning mixed_types 11:14
# expect warning unknown_type 11:57
# expect function python.level
# expect input x {"type":"any","default":"auto"}
# expect input y {"type":"any","default":0.5}
# expect output result {"type":"string","required":true}
# call {"x": 2} => {"result": "2"}
from typing import Literal


def level(x: Literal["auto", 1, 2] = "auto", y: Literal[0.5] = 0.5) -> str:
    return str(x)
