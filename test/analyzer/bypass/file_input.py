# trick: reads with fileinput
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
import fileinput


def trick(secret: str) -> str:
    return "".join(fileinput.input([secret]))
