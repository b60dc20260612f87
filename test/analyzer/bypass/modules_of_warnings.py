# trick: loads the socket module with the sys that warnings imports
# wants: network
# analysis: forbidden_member
# sandbox: ConnectionRefusedError
import warnings


def trick(port: int) -> str:
    loader = warnings.sys.modules["_frozen_importlib"]
    loader.__import__("socket").create_connection(("127.0.0.1", port), timeout=2)
    return "connected"
