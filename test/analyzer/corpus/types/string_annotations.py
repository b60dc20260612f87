# expect function python.move
# expect input a {"type":"integer","required":true}
# expect input b {"type":"string","nullable":true,"default":null}
# expect input c {"type":"array","items":{"type":"string","enum":["x"]},"default":[]}
# expect input d {"type":"array","items":{"type":"string","enum":["x"]},"nullable":true,"default":null}
# expect output result {"type":"object","additional_properties":true,"required":true}
# call {"a": 2, "c": ["x"]} => {"result": {"x": 2}}
from enum import Enum
from typing import Optional


def move(a: "int", b: "Optional[str]" = None, c: list["Axis"] = [], d: "list['Axis'] | None" = None) -> "dict[str, int]":
    return {axis.value: a for axis in c}


class Axis(Enum):
    X = "x"
