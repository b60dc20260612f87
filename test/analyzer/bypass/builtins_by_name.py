# trick: asks for __import__ by its name in two halves
# wants: file
# analysis: forbidden_call
# sandbox: FileNotFoundError
def trick(secret: str) -> str:
    found = __builtins__ if isinstance(__builtins__, dict) else vars(__builtins__)
    return found["__im" + "port__"]("io").open(secret).read()
