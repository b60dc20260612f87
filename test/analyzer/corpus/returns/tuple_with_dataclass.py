# expect function python.longest
# expect input text {"type":"string","required":true}
# expect output output_0 {"type":"object","properties":{"text":{"type":"string","required":true},"kind":{"type":"string","enum":["even","odd"],"required":true}},"required":true}
# expect output output_1 {"type":"integer","required":true}
# call {"text": "a bc"} => {"output_0": {"text": "bc", "kind": "even"}, "output_1": 2}
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    EVEN = "even"
    ODD = "odd"


@dataclass
class Word:
    text: str
    kind: Kind


def longest(text: str) -> tuple[Word, int]:
    words = sorted(text.split(), key=len)
    return Word(words[-1], Kind.ODD if len(words) % 2 else Kind.EVEN), len(words)
