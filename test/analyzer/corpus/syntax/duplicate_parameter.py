# expect error syntax_error 2:25
def add(a: int, b: int, a: int) -> int:
    return a + b
