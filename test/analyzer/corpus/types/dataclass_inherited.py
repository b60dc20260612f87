# expect function python.use
# expect input x {"type":"object","properties":{"a":{"type":"integer","required":true},"b":{"type":"integer","default":3},"c":{"type":"string","default":"c"}},"required":true}
# expect output result {"type":"string","required":true}
# call {"x": {"a": 1}} => {"result": "13c"}
from dataclasses import dataclass


@dataclass
class Base:
    a: int
    b: int = 2


@dataclass
class Derived(Base):
    b: int = 3
    c: str = "c"


def use(x: Derived) -> str:
    return f"{x.a}{x.b}{x.c}"
