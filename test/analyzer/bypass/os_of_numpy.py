# trick: uses the os of a private module of numpy
# wants: file
# analysis: accepted
# sandbox: No such file or directory
import numpy as np


def trick(secret: str) -> str:
    return np.lib._datasource.os.popen(f"cat {secret} 2>&1").read()
