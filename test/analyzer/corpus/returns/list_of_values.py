# expect function python.spread
# expect input n {"type":"integer","required":true}
# expect output result {"type":"array","items":{"type":"float"},"required":true}
# call {"n": 3} => {"result": [0.0, 0.5, 1.0]}
def spread(n: int) -> list[float]:
    return [i / 2 for i in range(n)]
