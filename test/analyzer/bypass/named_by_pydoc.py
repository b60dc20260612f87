# trick: has pydoc find os.popen by its name
# wants: file
# analysis: accepted
# sandbox: No such file or directory
import pydoc


def trick(secret: str) -> str:
    return pydoc.locate("os.popen")(f"cat {secret} 2>&1").read()
