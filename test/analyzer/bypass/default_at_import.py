# trick: runs code while the file is read, as a parameter's default
# wants: file
# analysis: accepted
# sandbox: job:x:
# because: a passwd of its own
import pathlib


def trick(found: str = pathlib.Path("/etc/passwd").read_text()) -> str:
    return found
