# trick: runs code while a class body is read, through a metaclass
# wants: file
# analysis: accepted
# sandbox: job:x:
# because: a passwd of its own
import pathlib

found = []


class Meta(type):
    def __new__(cls, name, bases, body):
        found.append(pathlib.Path("/etc/passwd").read_text())
        return super().__new__(cls, name, bases, body)


class Reader(metaclass=Meta):
    pass


def trick() -> str:
    return found[0]
