# expect warning unknown_type 9:21
# expect function python.make
# expect input n {"type":"integer","required":true}
# expect output result {"type":"any","required":true}
class Thing:
    pass


def make(n: int) -> Thing:
    return Thing()
