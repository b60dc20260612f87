# expect function python.blur
# expect input text {"type":"string","description":"By the docstring.","required":true}
# expect input size {"type":"integer","description":"Only here.","default":1}
# expect output result {"type":"string","required":true}
# call {"text": "a"} => {"result": "a"}
from typing import Annotated


def blur(text: Annotated[str, "By the hint."], size: Annotated[int, "Only here."] = 1) -> str:
    """Blur a text.

    Args:
        text: By the docstring.
    """
    return text
