# expect warning missing_hint 4:9
# expect function python.double
# call double {"a": 2.0} => {"result": 4.0}
def add(a, b: float) -> float:
    return a + b


def double(a: float) -> float:
    return 2 * a
