# expect function python.apply
# expect input params {"type":"object","properties":{"name":{"type":"string","required":true,"description":"What to call it."},"width":{"type":"integer","description":"Pixels.","min":1,"max":9,"default":5},"ratio":{"type":"float","min":0,"max":1,"default":0.5},"code":{"type":"string","min_length":2,"max_length":4,"pattern":"^[a-z]+$","default":"ab"},"parts":{"type":"array","items":{"type":"integer"},"max_items":3,"default":[]},"required":{"type":"boolean","required":true}},"required":true}
# expect output result {"type":"integer","required":true}
from pydantic import BaseModel, Field


class Params(BaseModel):
    """What to do.

    Args:
        name: What to call it.
    """

    name: str
    width: int = Field(5, ge=1, lt=10, description="Pixels.")
    ratio: float = Field(default=0.5, gt=0, le=1)
    code: str = Field("ab", min_length=2, max_length=4, pattern="^[a-z]+$")
    parts: list[int] = Field(default_factory=list, max_length=3)
    required: bool = Field(...)
    _private: int = 0


def apply(params: Params) -> int:
    return params.width
