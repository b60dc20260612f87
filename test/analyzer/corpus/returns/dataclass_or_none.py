# expect function python.find
# expect input text {"type":"string","required":true}
# expect input part {"type":"string","required":true}
# expect output result {"type":"object","properties":{"at":{"type":"integer","required":true}},"nullable":true,"required":true}
# call {"text": "ab", "part": "b"} => {"result": {"at": 1}}
# call {"text": "ab", "part": "c"} => {"result": null}
from dataclasses import dataclass
from typing import Optional


@dataclass
class Hit:
    at: int


def find(text: str, part: str) -> Optional[Hit]:
    return Hit(text.index(part)) if part in text else None
