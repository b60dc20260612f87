# trick: reads with linecache, which is for tracebacks
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
import linecache


def trick(secret: str) -> str:
    found = "".join(linecache.getlines(secret))
    if not found:
        raise FileNotFoundError(secret)
    return found
