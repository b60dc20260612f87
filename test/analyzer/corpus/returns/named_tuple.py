# expect function python.extent
# expect input values {"type":"array","items":{"type":"float"},"required":true}
# expect output low {"type":"float","required":true,"description":"The least."}
# expect output high {"type":"float","required":true,"description":"The most."}
# call {"values": [3, 1]} => {"low": 1.0, "high": 3.0}
from typing import NamedTuple


class Extent(NamedTuple):
    low: float
    high: float


def extent(values: list[float]) -> Extent:
    """Find both ends.

    Returns:
        low: The least.
        high: The most.
    """
    return Extent(min(values), max(values))
