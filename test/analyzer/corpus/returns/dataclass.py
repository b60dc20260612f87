# expect function python.stats
# expect input values {"type":"array","items":{"type":"float"},"required":true}
# expect output mean {"type":"float","required":true,"description":"The mean."}
# expect output count {"type":"integer","required":true}
# expect output names {"type":"array","items":{"type":"string"},"unique_items":true,"nullable":true,"required":true}
# call {"values": [1, 2]} => {"mean": 1.5, "count": 2, "names": ["a", "b"]}
from dataclasses import dataclass


@dataclass
class Stats:
    """What was found.

    Attributes:
        mean: The mean.
    """

    mean: float
    count: int = 0
    names: set[str] | None = None


def stats(values: list[float]) -> Stats:
    return Stats(sum(values) / len(values), len(values), {"b", "a"})
