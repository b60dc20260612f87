# expect function python.blur
# expect input text {"type":"string","required":true}
# expect output result {"type":"string","required":true}
# expect function python.sharpen
# expect input text {"type":"string","required":true}
# expect output result {"type":"string","required":true}
# call blur {"text": "a"} => {"result": "a"}
def blur(text: str) -> str:
    "Blur a text."
    return text


def sharpen(text: str) -> str:
    r"""
    Sharpen a text.
    Undoes \\blur.
    """
    return text
