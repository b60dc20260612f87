# expect function python.bound
# expect input a {"type":"integer","min":0,"max":9,"required":true}
# expect input b {"type":"float","min":0,"max":1.5,"required":true}
# expect input c {"type":"integer","min":1,"max":8,"multiple_of":2,"required":true}
# expect input d {"type":"array","items":{"type":"integer"},"min_items":1,"max_items":3,"required":true}
# expect input e {"type":"string","min_length":1,"max_length":5,"required":true}
# expect input f {"type":"integer","description":"From one.","min":1,"default":1}
# expect input g {"type":"string","pattern":"^a","default":"a"}
# expect output result {"type":"integer","required":true}
from typing import Annotated

from annotated_types import Ge, Gt, Interval, Le, Len, Lt, MaxLen, MinLen, MultipleOf
from pydantic import Field, StringConstraints


def bound(
    a: Annotated[int, Ge(0), Lt(10)],
    b: Annotated[float, Gt(0), Le(1.5)],
    c: Annotated[int, Interval(gt=0, le=8), MultipleOf(2)],
    d: Annotated[list[int], Len(1, 3)],
    e: Annotated[str, MinLen(1), MaxLen(5)],
    f: Annotated[int, Field(ge=1, description="From one.")] = 1,
    g: Annotated[str, StringConstraints(pattern="^a")] = "a",
) -> int:
    return a
