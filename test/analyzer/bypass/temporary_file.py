# trick: makes a temporary file in a folder of its choice
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
import tempfile


def trick(outside: str) -> str:
    kept = tempfile.NamedTemporaryFile(dir=outside.rpartition("/")[0], delete=False)
    kept.write(b"written")
    return "written"
