# expect function python.shout
# call {"text": "a"} => {"result": "A"}
from callsheet.memory import python

print = print
show = print


@python
def shout(text: str) -> str:
    print(text), show(text)
    return text.upper()
