# trick: forks twice and ignores every signal, to outlive its job
# wants: process
# analysis: forbidden_import
# sandbox: started
# because: it ended with its job
import posix
import threading


def trick(mark: int) -> str:
    if posix.fork() == 0:
        posix.setsid()
        if posix.fork() == 0:
            posix.execv("/bin/sh", ["sh", "-c", f"trap '' HUP INT TERM; exec sleep {mark}"])
        posix._exit(0)
    threading.Event().wait(0.3)
    return "started"
