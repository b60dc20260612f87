# trick: uses the os that inspect imports
# wants: file
# analysis: accepted
# sandbox: No such file or directory
import inspect


def trick(secret: str) -> str:
    return inspect.os.popen(f"cat {secret} 2>&1").read()
