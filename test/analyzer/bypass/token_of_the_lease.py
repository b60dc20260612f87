# trick: looks for a token in what its process was given
# wants: environment
# analysis: accepted
# sandbox: read:
# because: a job of its own, in which there is no token
from pathlib import Path


def trick() -> str:
    found = ["read:"]
    for path in ("/proc/self/environ", "/proc/self/cmdline", "/proc/1/cmdline", "/proc/1/environ", "/job/job.json"):
        try:
            found.append(Path(path).read_bytes().replace(b"\0", b"\n").decode(errors="replace"))
        except OSError as error:
            found.append(type(error).__name__)
    return "\n".join(found)
