# expect function python.span
# expect input window {"type":"object","properties":{"first":{"type":"integer","required":true},"last":{"type":"integer","required":false}},"required":true}
# expect input partial {"type":"object","properties":{"low":{"type":"float","required":true},"high":{"type":"float","required":false}},"required":true}
# expect output result {"type":"integer","required":true}
# call {"window": {"first": 2}, "partial": {"low": 0}} => {"result": -2}
# call {"window": {"first": 2, "last": 5}, "partial": {"low": 0, "high": 1}} => {"result": 3}
from typing import NotRequired, Required, TypedDict


class Window(TypedDict):
    first: int
    last: NotRequired[int]


class Partial(TypedDict, total=False):
    low: Required[float]
    high: float


def span(window: Window, partial: Partial) -> int:
    return window.get("last", 0) - window["first"]
