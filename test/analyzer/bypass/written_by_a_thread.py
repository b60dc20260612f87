# trick: leaves a thread behind that writes after the function has returned
# wants: file
# analysis: accepted
# sandbox: wait for it
# because: its process ended with the function
import pathlib
import threading
import time


def trick(outside: str) -> str:
    def write() -> None:
        time.sleep(0.05)
        pathlib.Path(outside).write_text("written")

    threading.Thread(target=write).start()
    return "wait for it"
