# expect function python.unique
# expect input a {"type":"array","items":{"type":"integer"},"unique_items":true,"required":true}
# expect input b {"type":"array","items":{"type":"string"},"unique_items":true,"default":[]}
# expect input c {"type":"array","items":{"type":"integer"},"unique_items":true,"default":[1,2]}
# expect input d {"type":"array","items":{"type":"float"},"unique_items":true,"default":[0.5]}
# expect output result {"type":"integer","required":true}
# call {"a": [3, 1, 2]} => {"result": 3}
from typing import FrozenSet, Set


def unique(a: set[int], b: frozenset[str] = frozenset(), c: Set[int] = {1, 2}, d: FrozenSet[float] = frozenset({0.5})) -> int:
    return len(a)
