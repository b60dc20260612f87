# trick: takes eval out of the module builtins
# wants: code
# analysis: forbidden_import
# sandbox: FileNotFoundError
from builtins import eval as reckon


def trick(secret: str) -> str:
    return reckon("open(secret).read()", {"secret": secret})
