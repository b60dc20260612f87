# expect function python.check
# expect input a {"type":"integer","required":true}
# call {"a": 1} => {}
def check(a: int) -> None:
    assert a >= 0
