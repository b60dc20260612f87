# expect error forbidden_call 10:16
from callsheet.memory import python


class Archive:
    def open(self) -> "Archive":
        return self

    def read(self) -> str:
        return open("x").read()


@python
def read(text: str) -> str:
    return Archive().open().read()
