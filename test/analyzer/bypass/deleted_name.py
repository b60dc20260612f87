# trick: binds open, and deletes the binding again
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
open = None
del open


def trick(secret: str) -> str:
    with open(secret) as file:
        return file.read()
