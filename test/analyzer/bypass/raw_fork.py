# trick: starts a process with the module under subprocess
# wants: process
# analysis: forbidden_import
# sandbox: started True
# because: it ended with its job
import _posixsubprocess
import posix


def trick(mark: int) -> str:
    mine, other = posix.pipe()
    files = [b"/bin/sleep", b"/usr/bin/sleep"]
    arguments = [b"sleep", str(mark).encode()]
    return f"started {_posixsubprocess.fork_exec(arguments, files, True, (other,), None, None, -1, -1, -1, -1, -1, -1, mine, other, False, True, -1, None, None, None, -1, None, False) > 0}"
