# expect error syntax_error 3:11
def report(text: str) -> str:
    print text
    return text
