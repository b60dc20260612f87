# trick: returns a symbolic link to a file that is not its own
# wants: file
# analysis: accepted
# sandbox: there is no such file
# because: links are not followed
from pathlib import Path


def trick(secret: str) -> Path:
    link = Path("result.txt")
    link.symlink_to(secret)
    return link
