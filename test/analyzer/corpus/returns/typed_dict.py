# expect function python.find
# expect input text {"type":"string","required":true}
# expect input part {"type":"string","required":true}
# expect output at {"type":"integer","required":true}
# expect output text {"type":"string","required":false}
# call {"text": "abc", "part": "c"} => {"at": 2, "text": "c"}
# call {"text": "abc", "part": "d"} => {"at": -1}
from typing import NotRequired, TypedDict


class Found(TypedDict):
    at: int
    text: NotRequired[str]


def find(text: str, part: str) -> Found:
    at = text.find(part)
    return {"at": at} if at < 0 else {"at": at, "text": part}
