# trick: walks to the environment in a format string
# wants: environment
# analysis: accepted
# sandbox: KeyError
import logging


def trick(variable: str) -> str:
    return ("{0.os.environ[" + variable + "]}").format(logging)
