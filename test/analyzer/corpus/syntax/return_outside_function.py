# expect error syntax_error 6:1
def double(x: int) -> int:
    return 2 * x


return double(2)
