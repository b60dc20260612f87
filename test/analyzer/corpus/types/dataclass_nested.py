# expect function python.cost
# expect input plan {"type":"object","properties":{"kernel":{"type":"object","properties":{"size":{"type":"integer","default":3},"edge":{"type":"string","enum":["wrap","cut"],"default":"cut"}},"required":true},"more":{"type":"array","items":{"type":"object","properties":{"size":{"type":"integer","default":3},"edge":{"type":"string","enum":["wrap","cut"],"default":"cut"}}},"default":[]},"tags":{"type":"array","items":{"type":"string"},"unique_items":true,"default":[]}},"required":true}
# expect input kernel {"type":"object","properties":{"size":{"type":"integer","default":3},"edge":{"type":"string","enum":["wrap","cut"],"default":"cut"}},"required":false}
# expect output result {"type":"integer","required":true}
# call {"plan": {"kernel": {"size": 7, "edge": "wrap"}, "more": [{}]}} => {"result": 15}
import dataclasses
from enum import Enum


class Edge(Enum):
    WRAP = "wrap"
    CUT = "cut"


@dataclasses.dataclass(frozen=True)
class Kernel:
    size: int = 3
    edge: Edge = Edge.CUT


@dataclasses.dataclass
class Plan:
    kernel: Kernel
    more: list[Kernel] = dataclasses.field(default_factory=list)
    tags: set[str] = dataclasses.field(default_factory=set)


def cost(plan: Plan, kernel: Kernel = Kernel(5)) -> int:
    return plan.kernel.size + sum(one.size for one in plan.more) + kernel.size
