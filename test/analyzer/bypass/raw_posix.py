# trick: uses the module under os
# wants: file
# analysis: forbidden_import
# sandbox: FileNotFoundError
import posix


def trick(secret: str) -> str:
    return posix.read(posix.open(secret, posix.O_RDONLY), 1000).decode()
