# expect error syntax_error 3:12
def greet(name: str) -> str:
    return "hello, + name


def bye(name: str) -> str:
    return "bye, " + name
