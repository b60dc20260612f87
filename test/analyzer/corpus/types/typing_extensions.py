# expect function python.run
# expect input window {"type":"object","properties":{"first":{"type":"integer","required":true},"last":{"type":"integer","required":false}},"required":true}
# expect input kind {"type":"string","enum":["a"],"default":"a"}
# expect input size {"type":"integer","description":"Pixels.","default":1}
# expect output result {"type":"string","required":true}
from typing_extensions import Annotated, Doc, Literal, NotRequired, TypedDict


class Window(TypedDict):
    first: int
    last: NotRequired[int]


def run(window: Window, kind: Literal["a"] = "a", size: Annotated[int, Doc("Pixels.")] = 1) -> str:
    return kind
