# expect function python.stop
# expect input why {"type":"string","required":true}
from typing import NoReturn


def stop(why: str) -> NoReturn:
    raise ValueError(why)
