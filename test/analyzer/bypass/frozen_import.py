# trick: imports with the frozen half of importlib
# wants: process
# analysis: forbidden_member
# sandbox: No such file or directory
import _frozen_importlib


def trick(secret: str) -> str:
    return _frozen_importlib.__import__("subprocess").getoutput(f"cat {secret}")
