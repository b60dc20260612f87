# trick: finds the builtins through globals() and puts their names together
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
def trick(secret: str) -> str:
    found = globals()["".join(("__built", "ins__"))]
    found = found if isinstance(found, dict) else vars(found)
    return found["op" + "en"](secret).read()
