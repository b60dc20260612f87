# trick: has the debugger's base class run a text as code
# wants: code
# analysis: accepted
# sandbox: FileNotFoundError
import bdb


def trick(secret: str) -> str:
    names = {"secret": secret}
    bdb.Bdb().run("found = open(secret).read()", names)
    return str(names["found"])
