# trick: reads with pathlib
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
from pathlib import Path


def trick(secret: str) -> str:
    return Path(secret).read_text()
