# trick: maps any file as an array of bytes
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
import numpy as np


def trick(secret: str) -> str:
    return bytes(np.memmap(secret, dtype=np.uint8, mode="r")).decode()
