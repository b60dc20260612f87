# expect error forbidden_call 11:10
# expect error forbidden_call 13:5
# expect error forbidden_call 13:10
# expect error forbidden_call 14:14
# expect error forbidden_call 15:24
from callsheet.memory import python


@python
def compute(text: str) -> float:
    with open("log.txt", "a") as log:
        log.write(text)
    exec(compile(text, "text", "exec"))
    helper = __import__("math")
    return helper.sqrt(eval(text))
