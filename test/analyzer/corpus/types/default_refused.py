# expect warning default_refused 17:18
# expect warning default_refused 17:41
# expect warning default_refused 17:61
# expect warning default_refused 17:78
# expect warning default_refused 17:102
# expect function python.run
# expect input a {"type":"integer","required":false}
# expect input b {"type":"string","enum":["p"],"required":false}
# expect input c {"type":"array","items":{"type":"integer"},"required":false}
# expect input d {"type":"boolean","required":false}
# expect input e {"type":"array","items":{"type":"integer"},"min_items":2,"max_items":2,"required":false}
# expect output result {"type":"string","required":true}
# call {} => {"result": "q"}
from typing import Literal


def run(a: int = "x", b: Literal["p"] = "q", c: list[int] = [1.5], d: bool = 1, e: tuple[int, int] = (1,)) -> str:
    return b
