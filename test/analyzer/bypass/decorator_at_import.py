# trick: runs code while the file is read, as a decorator
# wants: file
# analysis: accepted
# sandbox: job:x:
# because: a passwd of its own
import pathlib


def reads(function):
    function.found = pathlib.Path("/etc/passwd").read_text()
    return function


@reads
def trick() -> str:
    return trick.found
