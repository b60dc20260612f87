# trick: connects to a socket of this machine that has a name and no file
# wants: network
# analysis: forbidden_import
# sandbox: ConnectionRefusedError
import _socket


def trick(abstract: str) -> str:
    _socket.socket(_socket.AF_UNIX).connect("\0" + abstract)
    return "connected"
