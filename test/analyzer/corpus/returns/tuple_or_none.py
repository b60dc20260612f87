# expect function python.divide
# expect input a {"type":"integer","required":true}
# expect input b {"type":"integer","required":true}
# expect output result {"type":"array","items":{"type":"integer"},"min_items":2,"max_items":2,"nullable":true,"required":true}
# call {"a": 1, "b": 0} => {"result": null}
# call {"a": 7, "b": 2} => {"result": [3, 1]}
def divide(a: int, b: int) -> tuple[int, int] | None:
    return divmod(a, b) if b else None
