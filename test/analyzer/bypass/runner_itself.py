# trick: imports the runner's own package and what that imports
# wants: process
# analysis: accepted
# sandbox: No such file or directory
from callsheet_runner.sandbox import bubblewrap


def trick(secret: str) -> str:
    return bubblewrap.subprocess.getoutput(f"cat {secret}")
