# expect function python.digits
# expect input n {"type":"integer","required":true}
# expect output result {"type":"array","items":{"type":"integer"},"required":true}
# call {"n": 120} => {"result": [1, 2, 0]}
def digits(n: int) -> tuple[int, ...]:
    return tuple(int(digit) for digit in str(n))
