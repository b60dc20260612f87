# trick: looks at what the starting program has imported
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
import __main__


def trick(secret: str) -> str:
    posix = __main__.sys.modules["posix"]
    return posix.read(posix.open(secret, 0), 1000).decode()
