# expect function python.add
# expect input a {"type":"float","required":true}
# expect input b {"type":"integer","default":1}
# expect input c {"type":"float","default":0.5}
# expect output result {"type":"float","required":true}
# call {"a": 1} => {"result": 2.5}
import numbers
from numbers import Real


def add(a: Real, b: numbers.Integral = 1, c: numbers.Number = 0.5) -> float:
    return float(a + b + c)
