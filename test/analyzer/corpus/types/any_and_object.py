# expect function python.show
# expect input a {"type":"any","required":true}
# expect input b {"type":"any","default":null}
# expect input c {"type":"array","default":[]}
# expect input d {"type":"any","default":null}
# expect output result {"type":"any","required":true}
# call {"a": {"x": [1]}} => {"result": {"x": [1]}}
from typing import Any


def show(a: Any, b: object = None, c: list[Any] = [], d: None = None) -> Any:
    return a
