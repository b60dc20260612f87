# expect warning mixed_types 9:8
# expect warning recursive_type 9:24
# expect function python.depth
# expect input value {"type":"any","required":true}
# expect output result {"type":"integer","required":true}
# call {"value": [1, ["a"]]} => {"result": 1}
from typing import Union

Json = Union[int, str, "list[Json]"]


def depth(value: Json) -> int:
    return 1 if isinstance(value, list) else 0
