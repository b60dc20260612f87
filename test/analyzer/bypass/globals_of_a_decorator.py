# trick: takes the builtins of the module that the decorator comes from
# wants: file
# analysis: forbidden_member
# sandbox: FileNotFoundError
from callsheet.memory import python


@python
def trick(secret: str) -> str:
    found = type(python).__call__.__globals__["__builtins__"]
    found = found if isinstance(found, dict) else vars(found)
    return found["open"](secret).read()
