# expect warning unknown_type 20:12
# expect warning unknown_type 20:23
# expect warning unknown_type 20:31
# expect warning unknown_type 20:43
# expect warning unknown_type 20:61
# expect warning unknown_type 20:73
# expect function python.run
# expect input a {"type":"any","required":true}
# expect input b {"type":"any","required":true}
# expect input c {"type":"any","required":true}
# expect input d {"type":"any","required":true}
# expect input e {"type":"any","required":true}
# expect input f {"type":"any","required":true}
# expect output result {"type":"integer","required":true}
from __future__ import annotations

from typing import Iterator


def run(a: string, b: any, c: integer, d: Iterator[int], e: complex, f: Optionl[int]) -> int:
    return 1
