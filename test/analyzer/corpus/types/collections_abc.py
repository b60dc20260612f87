# expect function python.sizes
# expect input a {"type":"array","items":{"type":"integer"},"required":true}
# expect input b {"type":"array","items":{"type":"string"},"required":true}
# expect input c {"type":"object","additional_properties":true,"required":true}
# expect input d {"type":"array","items":{"type":"integer"},"required":true}
# expect output result {"type":"integer","required":true}
# call {"a": [1], "b": ["x"], "c": {"k": 1}, "d": [1, 2]} => {"result": 5}
import collections
import collections.abc
from collections.abc import Mapping, MutableSequence


def sizes(a: collections.abc.Sequence[int], b: MutableSequence[str], c: Mapping[str, int], d: collections.deque[int]) -> int:
    return len(a) + len(b) + len(c) + len(d)
