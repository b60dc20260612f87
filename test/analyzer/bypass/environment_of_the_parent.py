# trick: reads the environment of the process above it through /proc
# wants: environment
# analysis: accepted
# sandbox: read: PATH=
# because: its own environment, in which nothing is secret
from pathlib import Path


def trick() -> str:
    found = b""
    for folder in Path("/proc").iterdir():
        try:
            found += (folder / "environ").read_bytes()
        except OSError:
            pass
    return "read: " + found.replace(b"\0", b"\n").decode(errors="replace")
