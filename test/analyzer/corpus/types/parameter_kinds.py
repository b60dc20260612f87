# expect function python.place
# expect input a {"type":"integer","required":true}
# expect input b {"type":"integer","required":true}
# expect input c {"type":"integer","default":3}
# expect input d {"type":"integer","required":true}
# expect input e {"type":"integer","default":5}
# expect output result {"type":"array","items":{"type":"integer"},"required":true}
# call {"a": 1, "b": 2, "d": 4} => {"result": [1, 2, 3, 4, 5]}
def place(a: int, /, b: int, c: int = 3, *, d: int, e: int = 5) -> list[int]:
    return [a, b, c, d, e]
