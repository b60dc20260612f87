# trick: looks up posix in the sys that typing imports
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
import typing


def trick(secret: str) -> str:
    posix = typing.sys.modules["posix"]
    return posix.read(posix.open(secret, 0), 1000).decode()
