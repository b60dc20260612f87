# trick: imports inside a nested function, where a hasty reader does not look
# wants: network
# analysis: forbidden_import
# sandbox: ConnectionRefusedError
def trick(port: int) -> str:
    def connect() -> str:
        import socket

        socket.create_connection(("127.0.0.1", port), timeout=2)
        return "connected"

    return connect()
