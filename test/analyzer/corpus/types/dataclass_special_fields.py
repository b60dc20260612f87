# expect function python.seeded
# expect input config {"type":"object","properties":{"seed":{"type":"integer","required":true},"name":{"type":"string","default":"n"}},"required":true}
# expect output result {"type":"integer","required":true}
# call {"config": {"seed": 4}} => {"result": 5}
from dataclasses import KW_ONLY, InitVar, dataclass, field
from typing import ClassVar


@dataclass
class Config:
    count: ClassVar[int] = 0
    seed: InitVar[int]
    _: KW_ONLY
    name: str = field(default="n")
    total: int = field(init=False, default=0)

    def __post_init__(self, seed: int) -> None:
        self.total = seed + 1


def seeded(config: Config) -> int:
    return config.total
