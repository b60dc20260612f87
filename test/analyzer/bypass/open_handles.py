# trick: reads whatever handles it was started with
# wants: file
# analysis: accepted
# sandbox: read:
# because: no file but its own job
# alone: it is started with none
from pathlib import Path


def trick(secret: str) -> str:
    found = "read: "
    for handle in Path("/proc/self/fd").iterdir():
        try:
            if handle.readlink().is_file():
                found += handle.read_text()
        except (OSError, ValueError):
            pass
    return found
