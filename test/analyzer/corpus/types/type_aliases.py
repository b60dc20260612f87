# expect function python.scale
# expect input pair {"type":"array","items":{"type":"float"},"min_items":2,"max_items":2,"required":true}
# expect input names {"type":"array","items":{"type":"string"},"default":[]}
# expect output result {"type":"float","required":true}
# call {"pair": [2, 0.5]} => {"result": 1.0}
from typing import TypeAlias, Union

Number: TypeAlias = Union[int, float]
Pair = tuple[Number, Number]
Names = list[str]
Also = Names


def scale(pair: Pair, names: Also = []) -> Number:
    return pair[0] * pair[1]
