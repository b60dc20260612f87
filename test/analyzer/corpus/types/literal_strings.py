# expect function python.filter_kind
# expect input kind {"type":"string","enum":["gauss","median"],"default":"gauss"}
# expect input edge {"type":"string","enum":["wrap",""],"default":""}
# expect output result {"type":"string","required":true}
# call {"kind": "median"} => {"result": "median"}
from typing import Literal


def filter_kind(kind: Literal["gauss", "median"] = "gauss", edge: Literal["wrap", ""] = "") -> str:
    return kind + edge
