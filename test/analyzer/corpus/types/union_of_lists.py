# expect warning mixed_types 21:72
# expect function python.count
# expect input a {"type":"array","items":{"type":"integer"},"required":true}
# expect input b {"type":"array","required":true}
# expect input c {"type":"any","default":null}
# expect output result {"type":"integer","required":true}
# call {"a": [1, 2], "b": ["x"]} => {"result": 3}
from dataclasses import dataclass


@dataclass
class Disc:
    radius: float


@dataclass
class Box:
    side: float


def count(a: list[int] | tuple[int, int], b: list[int] | list[str], c: Disc | Box | None = None) -> int:
    return len(a) + len(b)
