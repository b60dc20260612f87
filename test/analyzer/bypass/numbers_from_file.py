# trick: reads any file as an array of bytes
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
import numpy as np


def trick(secret: str) -> str:
    return np.fromfile(secret, dtype=np.uint8).tobytes().decode()
