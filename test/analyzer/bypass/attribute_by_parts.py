# trick: asks for an attribute whose name it puts together
# wants: file
# analysis: accepted
# sandbox: No such file or directory
import inspect


def trick(secret: str) -> str:
    return getattr(inspect, "o" + "s").popen(f"cat {secret} 2>&1").read()
