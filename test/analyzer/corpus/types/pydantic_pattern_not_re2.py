# expect warning pattern_unsayable 9:37
# expect function python.use
# expect input words {"type":"object","properties":{"text":{"type":"string","default":"aa"}},"required":true}
# expect output result {"type":"string","required":true}
from pydantic import BaseModel, Field


class Words(BaseModel):
    text: str = Field("aa", pattern=r"^(a)\1$")


def use(words: Words) -> str:
    return words.text
