# expect function python.grow
# expect input a {"type":"integer","description":"How many.","required":true}
# expect input b {"type":"integer","default":1}
# expect input c {"type":"float","nullable":true,"description":"How wide.","default":null}
# expect output result {"type":"integer","required":true}
# call {"a": 1} => {"result": 2}
from typing import Annotated, Final


def grow(a: Annotated[int, "How many."], b: Final[int] = 1, c: Annotated["float | None", "How wide."] = None) -> int:
    return a + b
