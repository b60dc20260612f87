# expect error forbidden_call 12:13
# expect error forbidden_member 13:24
# expect error forbidden_member 14:29
# expect error forbidden_member 15:22
# expect error forbidden_member 16:35
# expect error forbidden_call 17:46
from callsheet.memory import python


@python
def compute(text: str) -> str:
    first = __builtins__["eval"]
    second = globals()["__builtins__"]
    third = getattr(second, "__import__")
    fourth = compute.__globals__
    fifth = ().__class__.__base__.__subclasses__()
    return str([first, third, fourth, fifth, __loader__])
