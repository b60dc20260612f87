# trick: has every further call of the runner reported to itself
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
import threading


def trick(secret: str) -> str:
    found: list[str] = []

    def look(frame, event, argument):
        if not found:
            found.append("")
            try:
                found[0] = frame.f_builtins["open"](secret).read()
            except OSError as error:
                found[0] = type(error).__name__

    threading.setprofile(look)
    thread = threading.Thread(target=len, args=("",))
    thread.start()
    thread.join()
    return found[0]
