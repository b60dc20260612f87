# trick: reads any file as a table of text
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
import numpy as np


def trick(secret: str) -> str:
    return str(np.genfromtxt(secret, dtype=str, delimiter="\n"))
