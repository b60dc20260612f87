# expect function python.blur
# expect input text {"type":"string","required":true,"description":"What to blur."}
# expect input sigma {"type":"float","default":1,"description":"How much, in letters. More is slower."}
# expect input rounds {"type":"integer","default":1,"description":"How often."}
# expect output result {"type":"string","required":true,"description":"The blurred text."}
# call {"text": "a"} => {"result": "a"}
def blur(text: str, sigma: float = 1.0, *, rounds: int = 1) -> str:
    """Blur a text
    a little.

    It is done letter by letter.

    Args:
        text: What to blur.
        sigma (float, optional): How much, in
            letters.

            More is slower.
        rounds: How often.

    Returns:
        The blurred text.

    Raises:
        ValueError: When sigma is negative.
    """
    return text
