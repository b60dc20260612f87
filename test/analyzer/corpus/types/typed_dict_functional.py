# expect function python.span
# expect input window {"type":"object","properties":{"first":{"type":"integer","required":true},"class":{"type":"string","required":true}},"required":true}
# expect input partial {"type":"object","properties":{"low":{"type":"float","required":false}},"default":{}}
# expect output result {"type":"string","required":true}
# call {"window": {"first": 2, "class": "ab"}} => {"result": "abab"}
from typing import TypedDict

Window = TypedDict("Window", {"first": int, "class": str})
Partial = TypedDict("Partial", {"low": float}, total=False)


def span(window: Window, partial: Partial = {}) -> str:
    return window["class"] * window["first"]
