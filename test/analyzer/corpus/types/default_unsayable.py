# expect warning default_unsayable 20:21
# expect warning default_unsayable 20:42
# expect warning default_unsayable 20:68
# expect warning default_unsayable 20:87
# expect warning default_unsayable 20:103
# expect function python.clip
# expect input a {"type":"float","required":false}
# expect input b {"type":"float","required":false}
# expect input c {"type":"float","required":false}
# expect input d {"type":"float","required":false}
# expect input e {"type":"integer","required":false}
# expect output result {"type":"float","required":true}
# call {} => {"result": 0.0}
# call {"a": 2} => {"result": 2.0}
import math

import numpy as np


def clip(a: float = math.inf, b: float = float("-inf"), c: float = np.nan, d: float = 1e400, e: int = 9007199254740993) -> float:
    return 0.0 if math.isinf(a) else a
