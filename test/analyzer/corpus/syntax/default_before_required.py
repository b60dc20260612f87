# expect error syntax_error 2:32
def scale(factor: float = 1.0, value: float) -> float:
    return factor * value
