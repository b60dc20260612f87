# trick: returns the path of a file that is not its own
# wants: file
# analysis: accepted
# sandbox: there is no such file
from pathlib import Path


def trick(secret: str) -> Path:
    return Path(secret)
