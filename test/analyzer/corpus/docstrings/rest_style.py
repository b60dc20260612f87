# expect function python.blur
# expect input text {"type":"string","required":true,"description":"What to blur."}
# expect input sigma {"type":"float","default":1,"description":"How much, in letters."}
# expect output result {"type":"string","required":true,"description":"The blurred text."}
# call {"text": "a"} => {"result": "a"}
def blur(text: str, sigma: float = 1.0) -> str:
    """Blur a text.

    :param text: What to blur.
    :param float sigma: How much,
        in letters.
    :type sigma: float
    :returns: The blurred text.
    :rtype: str
    """
    return text
