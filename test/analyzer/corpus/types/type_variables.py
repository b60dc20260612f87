# expect function python.same
# expect input a {"type":"any","required":true}
# expect input b {"type":"float","required":true}
# expect input c {"type":"float","required":true}
# expect output result {"type":"any","required":true}
# call {"a": [1], "b": 0.5, "c": 1} => {"result": [1]}
from typing import TypeVar

T = TypeVar("T")
N = TypeVar("N", bound=float)
S = TypeVar("S", int, float)


def same(a: T, b: N, c: S) -> T:
    return a
