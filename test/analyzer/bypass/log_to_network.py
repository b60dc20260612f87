# trick: has logging send its lines to a host
# wants: network
# analysis: accepted
# sandbox: nothing sent
import logging
import logging.handlers


def trick(port: int) -> str:
    handler = logging.handlers.SocketHandler("127.0.0.1", port)
    handler.createSocket()
    handler.handleError = lambda record: None
    handler.emit(logging.makeLogRecord({"msg": "secret"}))
    if handler.sock is None:
        raise ConnectionError("nothing sent")
    return "connected"
