# trick: takes the builtins that every function carries
# wants: file
# analysis: forbidden_member
# sandbox: FileNotFoundError
def trick(secret: str) -> str:
    return (lambda: 0).__builtins__["open"](secret).read()
