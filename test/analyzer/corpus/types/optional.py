# expect function python.first
# expect input name {"type":"string","nullable":true,"required":true}
# expect input size {"type":"integer","nullable":true,"default":null}
# expect input scale {"type":"float","nullable":true,"default":1.5}
# expect output result {"type":"array","required":true}
# call {"name": null} => {"result": [null, null, 1.5]}
# call {"name": "a", "size": 3, "scale": null} => {"result": ["a", 3, null]}
from typing import Optional


def first(name: Optional[str], size: Optional[int] = None, scale: Optional[float] = 1.5) -> list:
    return [name, size, scale]
