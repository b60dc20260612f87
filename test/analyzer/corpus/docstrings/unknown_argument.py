# expect warning unknown_argument 7:5
# expect function python.blur
# expect input text {"type":"string","required":true,"description":"What to blur."}
# expect input sigma {"type":"float","default":1}
# expect output result {"type":"string","required":true}
# call {"text": "a"} => {"result": "a"}
def blur(text: str, sigma: float = 1.0) -> str:
    """Blur a text.

    Args:
        text: What to blur.
        sigmas: How much.
    """
    return text
