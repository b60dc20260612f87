# expect error syntax_error 3:38
def mood(happy: bool) -> str:
    return "😀😀" if happy else "äöü" +
