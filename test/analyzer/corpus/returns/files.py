# expect function python.encode
# expect input text {"type":"string","required":true}
# expect output result {"type":"file","required":true}
# expect function python.both
# expect input text {"type":"string","required":true}
# expect output output_0 {"type":"file","required":true}
# expect output output_1 {"type":"file","required":true}
from pathlib import Path


def encode(text: str) -> bytes:
    return text.encode()


def both(text: str) -> tuple[bytes, Path]:
    return text.encode(), Path(text)
