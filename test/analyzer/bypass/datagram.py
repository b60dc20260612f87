# trick: sends a question to a name server, which needs no connection
# wants: network
# analysis: forbidden_import
# sandbox: ConnectionRefusedError
import _socket


def trick(port: int) -> str:
    question = b"\x00\x07\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x06secret\x07invalid\x00\x00\x01\x00\x01"
    sender = _socket.socket(_socket.AF_INET, _socket.SOCK_DGRAM)
    sender.connect(("127.0.0.1", port))
    sender.send(question)
    sender.settimeout(2)
    return f"answered {sender.recv(100)!r}"
