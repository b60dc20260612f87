# trick: has numpy open an address instead of a file
# wants: network
# analysis: accepted
# sandbox: FileNotFoundError
import numpy as np


def trick(port: int) -> str:
    return str(np.lib.npyio.DataSource(None).open(f"http://127.0.0.1:{port}/secret").read())
