# expect error forbidden_call 8:7
# expect error forbidden_call 9:18
# expect error missing_hint 13:24
# expect error forbidden_call 13:28
# expect error forbidden_call 14:21
from callsheet.memory import python

run = eval
table = {"open": open}


@python
def compute(text: str, how=exec) -> list:
    return list(map(eval, [text]))
