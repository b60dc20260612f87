# expect warning undecorated_function 14:5
# expect function python.forms
# call forms {"x": 2.0} => {"result": {"a": 10.0, "b": 5.0, "kind": "7.0?", "sent": 0, "picked": 1, "text": "ab10.0", "d": 2.0, "c": 1.0}}
"""Forms that parsers tend to stumble over, all legal in Python 3.11."""

import contextlib
from collections.abc import Callable

from callsheet.memory import python

registry: dict[str, list[Callable]] = {"all": []}


def register(fn: Callable) -> Callable:
    registry["all"].append(fn)
    return fn


@(lambda fn: fn)
@registry.setdefault("hooks", [register])[0]
@python
def forms(x: float = 1., y: float = .5e1, *, flag: bool = False) -> dict:
    with (
        contextlib.nullcontext(x) as a,
        contextlib.nullcontext((y, 1.j)) as (b, c),
    ):
        pass
    with contextlib.nullcontext() as registry["last"], contextlib.nullcontext(2.) as d:
        pass
    pick = lambda first, /, *rest, last=0, **others: (first, rest, last)

    def steps():
        sent = yield
        yield sent
        yield (yield)

    machine = steps()
    next(machine)
    match a, int(b):
        case (1, _) | [_, 1]:
            kind = "one"
        case [float(), int()] if (total := a + b) > 0:
            kind = f"{total:>{4}.1f}{'!' if flag else '?'}"
        case {}:
            kind = "map"
        case _:
            kind = "other"
    first, *others = *range(2), 3
    for each in *others, 4.:
        a += each
    text = "a" 'b' f"{a!r}"
    return {"a": a, "b": b, "kind": kind.strip(),  "sent": machine.send(first), "picked": pick(1, 2, last=3)[0], "text": text, "d": d, "c": c.imag}
