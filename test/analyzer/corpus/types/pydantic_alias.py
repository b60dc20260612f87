# expect function python.use
# expect input named {"type":"object","properties":{"class":{"type":"string","required":true},"Step":{"type":"integer","multiple_of":2,"default":2}},"required":true}
# expect output class_name {"type":"string","required":true}
# expect output step {"type":"integer","multiple_of":2,"required":true}
from pydantic import BaseModel, Field


class Named(BaseModel):
    class_name: str = Field(alias="class")
    step: int = Field(2, multiple_of=2, alias="Step")


def use(named: Named) -> Named:
    return named
