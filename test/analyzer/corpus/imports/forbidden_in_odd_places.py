# expect error forbidden_call 12:36
# expect error forbidden_call 13:15
# expect error forbidden_call 13:30
# expect error forbidden_call 16:3
# expect error forbidden_call 18:22
# expect error forbidden_call 19:17
# expect error forbidden_call 19:48
from callsheet.memory import python


@python
def compute(text: str, size: int = eval("3")) -> str:
    return f"{eval(text)!r:>{eval('9')}}"


@(eval("lambda fn: fn"))
def _hidden():
    with text as box[eval("0")]:
        return [eval(x) for x in "12" if (y := eval(x))]
