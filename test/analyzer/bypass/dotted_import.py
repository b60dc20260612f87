# trick: imports a submodule of os, whose own import of os is in reach
# wants: file
# analysis: forbidden_import
# sandbox: FileNotFoundError
from os.path import genericpath


def trick(secret: str) -> str:
    handle = genericpath.os.open(secret, 0)
    return genericpath.os.read(handle, 1000).decode()
