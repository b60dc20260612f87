# expect function python.blur
# expect input text {"type":"string","required":true,"description":"What to blur."}
# expect input low {"type":"float","default":0,"description":"Between these, in letters."}
# expect input high {"type":"float","default":1,"description":"Between these, in letters."}
# expect output result {"type":"string","required":true,"description":"The blurred text."}
# call {"text": "a"} => {"result": "a"}
def blur(text: str, low: float = 0.0, high: float = 1.0) -> str:
    """Blur a text.

    Parameters
    ----------
    text : str
        What to blur.
    low, high : float, optional
        Between these,
        in letters.

    Returns
    -------
    str
        The blurred text.

    Notes
    -----
    It is slow.
    """
    return text
