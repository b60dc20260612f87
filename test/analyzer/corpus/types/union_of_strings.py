# expect function python.tag
# expect input a {"type":"string","enum":["x","y"],"required":true}
# expect input b {"type":"string","default":"z"}
# expect input c {"type":"string","default":""}
# expect output result {"type":"string","required":true}
# call {"a": "y"} => {"result": "yz"}
from typing import Literal
from uuid import UUID


def tag(a: Literal["x"] | Literal["y"], b: Literal["x"] | str = "z", c: UUID | str = "") -> str:
    return f"{a}{b}{c}"
