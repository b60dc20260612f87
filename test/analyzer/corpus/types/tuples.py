# expect function python.area
# expect input size {"type":"array","items":{"type":"integer"},"min_items":2,"max_items":2,"required":true}
# expect input spacing {"type":"array","items":{"type":"float"},"default":[1,1]}
# expect input mixed {"type":"array","min_items":2,"max_items":2,"default":["a",1]}
# expect input bare {"type":"array","default":[]}
# expect output result {"type":"integer","required":true}
# call {"size": [2, 3]} => {"result": 6}
from typing import Tuple


def area(size: tuple[int, int], spacing: Tuple[float, ...] = (1.0, 1), mixed: tuple[str, int] = ("a", 1), bare: tuple = ()) -> int:
    return size[0] * size[1]
