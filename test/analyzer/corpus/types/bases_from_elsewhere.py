# expect warning unknown_type 15:17
# expect function python.use
# expect input config {"type":"any","required":true}
# expect output result {"type":"integer","required":true}
from dataclasses import dataclass

import torch


@dataclass
class Config(torch.nn.Module):
    a: int = 1


def use(config: Config) -> int:
    return 1
