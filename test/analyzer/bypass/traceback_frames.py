# trick: raises, and takes the builtins of the frame in the traceback
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
def trick(secret: str) -> str:
    try:
        raise ValueError
    except ValueError as error:
        return error.__traceback__.tb_frame.f_builtins["open"](secret).read()
