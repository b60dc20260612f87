# expect warning mixed_types 16:19
# expect warning mixed_types 16:33
# expect function python.double
# call {"value": 4} => {"result": 8}
# call {"value": "ab"} => {"result": "abab"}
from typing import overload

from callsheet.memory import python


@overload
def double(value: int) -> int: ...
@overload
def double(value: str) -> str: ...
@python
def double(value: int | str) -> int | str:
    return value * 2
