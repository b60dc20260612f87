# trick: opens with io instead of open
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
import io


def trick(secret: str) -> str:
    with io.open(secret) as file:
        return file.read()
