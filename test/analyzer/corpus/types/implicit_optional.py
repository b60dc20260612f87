# expect function python.shift
# expect input x {"type":"integer","nullable":true,"default":null}
# expect input name {"type":"string","nullable":true,"default":null}
# expect output result {"type":"integer","required":true}
# call {} => {"result": 0}
# call {"x": 4} => {"result": 5}
def shift(x: int = None, name: str = None) -> int:
    return 0 if x is None else x + 1
