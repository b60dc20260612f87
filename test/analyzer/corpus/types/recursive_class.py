# expect warning recursive_type 13:11
# expect warning recursive_type 14:11
# expect function python.top
# expect input node {"type":"object","properties":{"value":{"type":"integer","required":true},"left":{"type":"any","default":null},"rest":{"type":"array","nullable":true,"default":null}},"required":true}
# expect output result {"type":"integer","required":true}
# call {"node": {"value": 3, "left": {"value": 1}}} => {"result": 3}
from dataclasses import dataclass


@dataclass
class Node:
    value: int
    left: "Node | None" = None
    rest: "list[Node] | None" = None


def top(node: Node) -> int:
    return node.value
