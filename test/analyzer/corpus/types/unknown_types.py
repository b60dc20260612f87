# expect warning unknown_type 24:14
# expect warning unknown_type 24:24
# expect warning unknown_type 24:49
# expect warning unknown_type 24:69
# expect warning unknown_type 24:83
# expect warning unknown_type 24:105
# expect function python.apply
# expect input a {"type":"any","required":true}
# expect input b {"type":"any","required":true}
# expect input c {"type":"any","required":true}
# expect input d {"type":"any","required":true}
# expect input e {"type":"any","required":true}
# expect input f {"type":"array","required":true}
# expect output result {"type":"integer","required":true}
from typing import Callable

import torch


class Plain:
    pass


def apply(a: Plain, b: Callable[[int], int], c: torch.nn.Module, d: type[int], e: "not a type", f: list[Plain]) -> int:
    return 1
