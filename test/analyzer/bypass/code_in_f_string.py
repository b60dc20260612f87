# trick: calls open inside an f-string
# wants: file
# analysis: forbidden_call
# sandbox: FileNotFoundError
def trick(secret: str) -> str:
    return f"{open(secret).read()}"
