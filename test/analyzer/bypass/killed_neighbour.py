# trick: kills a process of somebody else by its number
# wants: process
# analysis: forbidden_import
# sandbox: ProcessLookupError
import posix


def trick(pid: int) -> str:
    posix.kill(pid, 9)
    return "killed"
