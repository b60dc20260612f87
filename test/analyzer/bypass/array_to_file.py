# trick: saves an array wherever it likes
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
import numpy as np


def trick(outside: str) -> str:
    np.savetxt(outside, np.zeros(3))
    return "written"
