# expect function python.double
# expect input a {"type":"float","required":true}
# expect input b {"type":"float","default":1}
# expect output result {"type":"float","required":true}
# call {"a": 2} => {"result": 5.0}
from typing import Union


def double(a: int | float, b: Union[float, int] = 1) -> float:
    return float(a * 2 + b)
