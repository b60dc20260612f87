# expect error syntax_error 3:5
def greet(name: str) -> str:
    """Greet someone by name.

    return "hello, " + name
