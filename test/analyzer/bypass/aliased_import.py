# trick: imports os under a harmless name
# wants: file
# analysis: forbidden_import
# sandbox: No such file or directory
import os as numerics


def trick(secret: str) -> str:
    return numerics.popen(f"cat {secret} 2>&1").read()
