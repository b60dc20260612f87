# expect function python.compute
# expect output result {"type":"integer","required":true}
# expect function python.run
# expect input a {"type":"integer","required":false}
# expect input b {"type":"integer","required":false}
# expect input c {"type":"object","properties":{"a":{"type":"integer","required":false}},"required":false}
# expect input d {"type":"array","items":{"type":"integer"},"required":false}
# expect output result {"type":"integer","required":true}
# call run {} => {"result": 26}
# call run {"a": 1, "b": 1, "c": {"a": 1}, "d": []} => {"result": 3}
from dataclasses import dataclass

LIMIT = 10


@dataclass
class Options:
    a: int = LIMIT


def compute() -> int:
    return 4


def run(a: int = LIMIT, b: int = compute(), c: Options = Options(), d: list[int] = list(range(2))) -> int:
    return a + b + c.a + len(d)
