# expect warning file_unreachable 14:18
# expect warning file_unreachable 14:38
# expect warning file_unreachable 14:67
# expect function python.load
# expect input source {"type":"any","required":true}
# expect input arrays {"type":"object","additional_properties":true,"required":true}
# expect input pair {"type":"array","min_items":2,"max_items":2,"required":true}
# expect output result {"type":"integer","required":true}
from pathlib import Path

import numpy as np


def load(source: Path | str, arrays: dict[str, np.ndarray], pair: tuple[bytes, int]) -> int:
    return 1
