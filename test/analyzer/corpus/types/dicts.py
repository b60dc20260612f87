# expect function python.merge
# expect input a {"type":"object","additional_properties":true,"required":true}
# expect input b {"type":"object","additional_properties":true,"default":{}}
# expect input c {"type":"object","additional_properties":true,"default":{"x":[1,null]}}
# expect output result {"type":"object","additional_properties":true,"required":true}
# call {"a": {"k": 1}} => {"result": {"k": 1, "n": 1}}
from typing import Dict


def merge(a: dict[str, int], b: Dict[int, str] = {}, c: dict = {"x": [1, None]}) -> dict[str, int]:
    return {**a, "n": len(a)}
