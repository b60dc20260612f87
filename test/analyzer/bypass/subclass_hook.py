# trick: runs code when a class is derived
# wants: file
# analysis: accepted
# sandbox: job:x:
# because: a passwd of its own
import pathlib


class Base:
    found = ""

    def __init_subclass__(cls):
        Base.found = pathlib.Path("/etc/passwd").read_text()


class Derived(Base):
    pass


def trick() -> str:
    return Base.found
