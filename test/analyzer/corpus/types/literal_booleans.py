# expect function python.switch
# expect input on {"type":"boolean","default":true}
# expect input nested {"type":"string","enum":["a","b"],"default":"b"}
# expect output result {"type":"boolean","required":true}
# call {} => {"result": false}
from typing import Literal


def switch(on: Literal[True, False] = True, nested: Literal["a", Literal["b"]] = "b") -> bool:
    return not on
