# trick: returns a hard link to a file that is not its own
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
from pathlib import Path


def trick(secret: str) -> Path:
    link = Path("result.txt")
    link.hardlink_to(secret)
    return link
