# expect function python.divide
# expect input a {"type":"integer","required":true}
# expect input b {"type":"integer","required":true}
# expect output output_0 {"type":"integer","required":true}
# expect output output_1 {"type":"integer","required":true}
# call {"a": 7, "b": 2} => {"output_0": 3, "output_1": 1}
from typing import Annotated, Final

Pair = tuple[int, int]
Both = Annotated[Pair, "Both."]


def divide(a: int, b: int) -> Both:
    return divmod(a, b)
