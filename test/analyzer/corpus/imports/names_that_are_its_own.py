# expect function python.pack
# expect packages torch
from gzip import compress, open
from re import compile as regex

import torch

from callsheet.memory import python

pattern = regex("a+")


@python
def pack(text: str, compile: bool = False, eval: int = 1) -> int:
    model = torch.nn.Identity()
    model.eval()
    print(text, end="", file=None)
    settings = dict(open=1, exec=2)
    return len(compress(text.encode())) + eval + settings["exec"] + bool(compile) + bool(open)
