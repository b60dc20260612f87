# expect function python.add
# expect input a {"type":"integer","required":true}
# expect input b {"type":"integer","required":true}
# expect output result {"type":"integer","required":true}
# call {"a": 1, "b": 2} => {"result": 3}
async def add(a: int, b: int) -> int:
    return a + b
