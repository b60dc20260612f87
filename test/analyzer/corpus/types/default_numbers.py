# expect function python.run
# expect input a {"type":"float","default":1}
# expect input b {"type":"float","default":-0.5}
# expect input c {"type":"integer","default":1000}
# expect input d {"type":"integer","default":16}
# expect input e {"type":"float","default":0.001}
# expect input f {"type":"float","default":3.141592653589793}
# expect input g {"type":"float","default":-1.5707963267948966}
# expect input h {"type":"integer","default":65536}
# expect input i {"type":"integer","default":65536}
# expect input j {"type":"float","default":0.25}
# expect input k {"type":"integer","default":0}
# expect output result {"type":"float","required":true}
# call {"e": 0, "c": 0} => {"result": 131088.75}
import math

import numpy as np


def run(
    a: float = 1,
    b: float = -0.5,
    c: int = 1_000,
    d: int = 0x10,
    e: float = 1e-3,
    f: float = math.pi,
    g: float = -np.pi / 2,
    h: int = 2**16,
    i: int = 64 * 1024,
    j: float = 1 / 4,
    k: int = -0,
) -> float:
    return a + b + c + d + e + h + i + j + k
