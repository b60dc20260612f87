# trick: looks for the machine's root folder through /proc
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
from pathlib import Path


def trick(secret: str) -> str:
    tried = []
    for root in ("/proc/1/root", "/proc/self/root", "/proc/self/cwd/../../../../../.."):
        try:
            return Path(root + secret).read_text()
        except OSError as error:
            tried.append(type(error).__name__)
    return " ".join(sorted(set(tried)))
