# expect function python.blur
# expect input text {"type":"string","required":true,"description":"What to blur."}
# expect output result {"type":"string","required":true}
# call {"text": "a"} => {"result": "a"}
def blur(text: str) -> str:
    """Args:
        text: What to blur.
        : nothing
        (x): y

    Returns:

    Args:
    """
    return text
