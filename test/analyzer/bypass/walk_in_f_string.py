# trick: walks from a tuple to every class inside an f-string
# wants: environment
# analysis: forbidden_member
# sandbox: KeyError
def trick(variable: str) -> str:
    return f"{[c for c in ().__class__.__base__.__subclasses__() if c.__name__ == '_wrap_close'][0].__init__.__globals__['environ'][variable]}"
