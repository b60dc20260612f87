# expect error syntax_error 5:16
# expect error syntax_error 8:26
# expect error syntax_error 12:9
def first(x: int) -> int:
    return x + * 2


def second(y: int) -> int
    return y


third = = 3
