# expect error syntax_error 3:5
def half(x: float) -> float:
    0.5 = factor
    return x * factor
