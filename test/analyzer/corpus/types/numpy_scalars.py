# expect function python.cast
# expect input a {"type":"float","required":true}
# expect input b {"type":"integer","required":true}
# expect input c {"type":"boolean","required":true}
# expect input d {"type":"integer","default":1}
# expect output result {"type":"float","required":true}
# call {"a": 0.5, "b": 2, "c": true} => {"result": 0.5}
import numpy as np


def cast(a: np.float32, b: np.int64, c: np.bool_, d: np.integer = 1) -> float:
    return float(a)
