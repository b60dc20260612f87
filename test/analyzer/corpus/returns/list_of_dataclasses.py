# expect function python.words
# expect input text {"type":"string","required":true}
# expect output result {"type":"array","items":{"type":"object","properties":{"text":{"type":"string","required":true},"size":{"type":"integer","required":true}}},"required":true}
# call {"text": "a bc"} => {"result": [{"text": "a", "size": 1}, {"text": "bc", "size": 2}]}
from dataclasses import dataclass


@dataclass
class Word:
    text: str
    size: int


def words(text: str) -> list[Word]:
    return [Word(one, len(one)) for one in text.split()]
