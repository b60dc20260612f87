# trick: connects with the module under socket
# wants: network
# analysis: forbidden_import
# sandbox: ConnectionRefusedError
import _socket


def trick(port: int) -> str:
    _socket.socket().connect(("127.0.0.1", port))
    return "connected"
