# expect error syntax_error 5:12
# expect error syntax_error 5:18
# expect error syntax_error 5:19
def greet(name: str) -> str:
    return “hello”
