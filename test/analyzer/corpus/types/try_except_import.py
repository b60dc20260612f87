# expect function python.first
# expect input window {"type":"object","properties":{"first":{"type":"integer","required":true}},"required":true}
# expect output result {"type":"integer","required":true}
# call {"window": {"first": 2}} => {"result": 2}
try:
    from typing import TypedDict
except ImportError:
    TypedDict = dict


class Window(TypedDict):
    first: int


def first(window: Window) -> int:
    return window["first"]
