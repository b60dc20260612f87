# expect function python.run
# expect input a {"type":"array","items":{"type":"integer"},"default":[1,2]}
# expect input b {"type":"object","additional_properties":true,"default":{"x":1,"y":2}}
# expect input c {"type":"array","unique_items":true,"default":[]}
# expect input d {"type":"array","items":{"type":"string"},"default":["a"]}
# expect input e {"type":"array","default":[]}
# expect input f {"type":"object","additional_properties":true,"default":{}}
# expect output result {"type":"integer","required":true}
# call {} => {"result": 5}
def run(a: list[int] = [1, 2], b: dict[str, int] = {"x": 1, "y": 2}, c: set = set(), d: tuple[str, ...] = ("a",), e: list = list(), f: dict = dict()) -> int:
    return len(a) + len(b) + len(c) + len(d)
