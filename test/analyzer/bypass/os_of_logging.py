# trick: reads the environment with the os that logging imports
# wants: environment
# analysis: accepted
# sandbox: KeyError
import logging


def trick(variable: str) -> str:
    return logging.os.environ[variable]
