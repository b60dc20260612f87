# expect warning mixed_types 12:13
# expect warning mixed_types 12:27
# expect function python.show
# expect input a {"type":"any","required":true}
# expect input b {"type":"any","default":null}
# expect output result {"type":"string","required":true}
# call {"a": "x"} => {"result": "'x' None"}
# call {"a": 3, "b": true} => {"result": "3 True"}
from typing import Union


def show(a: int | str, b: Union[bool, float, None] = None) -> str:
    return f"{a!r} {b!r}"
