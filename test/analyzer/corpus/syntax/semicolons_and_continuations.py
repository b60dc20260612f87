# expect function python.hypotenuse
# call hypotenuse {"a": 4.0} => {"result": 5.0}
import math; from callsheet.memory import \
    python

@python
def hypotenuse(a: float, b: float = (
    # a comment between
    3.0
)) -> float: return math.sqrt(a * a \
    + b * b)
