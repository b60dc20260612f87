# trick: writes a file when the process ends
# wants: file
# analysis: accepted
# sandbox: wait for it
# because: its process ends at once, and the path is not there
import atexit
import pathlib


def trick(outside: str) -> str:
    atexit.register(lambda: pathlib.Path(outside).write_text("written"))
    return "wait for it"
