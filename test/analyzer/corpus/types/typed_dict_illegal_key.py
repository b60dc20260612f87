# expect warning illegal_field 8:47
# expect function python.size
# expect input header {"type":"object","properties":{"size":{"type":"integer","required":true}},"additional_properties":true,"required":true}
# expect output result {"type":"integer","required":true}
# call {"header": {"size": 3, "content-type": "x"}} => {"result": 3}
from typing import TypedDict

Header = TypedDict("Header", {"content-type": str, "size": int})


def size(header: Header) -> int:
    return header["size"]
