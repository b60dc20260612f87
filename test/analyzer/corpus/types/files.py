# expect function python.size
# expect input data {"type":"file","required":true}
# expect input path {"type":"file","required":true}
# expect input more {"type":"array","items":{"type":"file"},"default":[]}
# expect input maybe {"type":"file","nullable":true,"default":null}
# expect output result {"type":"integer","required":true}
import pathlib
from pathlib import Path


def size(data: bytes, path: Path, more: list[pathlib.Path] = [], maybe: bytes | None = None) -> int:
    return len(data)
