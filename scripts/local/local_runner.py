"""A runner for as long as its stdin is open: it ends with the registry that started it, also when that was killed."""

import os
import signal
import threading

from callsheet_runner.cli import main


def end_with_stdin() -> None:
    # Without Python's own buffer, whose lock would be held when the interpreter ends.
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=end_with_stdin, daemon=True).start()
main()
