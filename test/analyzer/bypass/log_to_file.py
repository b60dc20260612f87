# trick: has logging write a file
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
import logging


def trick(outside: str) -> str:
    logging.FileHandler(outside).emit(logging.makeLogRecord({"msg": "written"}))
    return "written"
