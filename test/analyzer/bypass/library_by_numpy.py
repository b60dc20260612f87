# trick: calls the C library through numpy's ctypes
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
import numpy as np


def trick(secret: str) -> str:
    ctypes = np.ctypeslib.ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    kept = ctypes.create_string_buffer(1000)
    handle = libc.open(secret.encode(), 0)
    if handle < 0:
        raise OSError(ctypes.get_errno(), "open")
    libc.read(handle, kept, 1000)
    return kept.value.decode()
