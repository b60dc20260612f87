# expect function python.name
# expect input path {"type":"integer","nullable":true,"default":null}
# expect input text {"type":"string","default":""}
# expect output result {"type":"string","required":true}
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pathlib
    from typing import Optional


def name(path: Optional[int] = None, text: str = "") -> str:
    return text
