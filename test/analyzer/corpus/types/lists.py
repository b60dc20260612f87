# expect function python.total
# expect input a {"type":"array","items":{"type":"integer"},"required":true}
# expect input b {"type":"array","items":{"type":"float"},"required":true}
# expect input c {"type":"array","items":{"type":"string"},"default":[]}
# expect input d {"type":"array","items":{"type":"boolean"},"default":[]}
# expect input e {"type":"array","default":[1,"x"]}
# expect output result {"type":"float","required":true}
# call {"a": [1, 2], "b": [0.5]} => {"result": 3.5}
from typing import Iterable, List, Sequence


def total(a: list[int], b: List[float], c: Sequence[str] = (), d: Iterable[bool] = [], e: list = [1, "x"]) -> float:
    return sum(a) + sum(b)
