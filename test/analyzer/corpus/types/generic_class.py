# expect function python.unpack
# expect input box {"type":"object","properties":{"content":{"type":"any","required":true},"count":{"type":"integer","default":1}},"required":true}
# expect output result {"type":"integer","required":true}
# call {"box": {"content": 3}} => {"result": 1}
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass
class Box(Generic[T]):
    content: T
    count: int = 1


def unpack(box: Box[int]) -> int:
    return box.count
