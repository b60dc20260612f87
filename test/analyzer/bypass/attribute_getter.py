# trick: has operator.attrgetter walk to the environment
# wants: environment
# analysis: accepted
# sandbox: KeyError
import logging
import operator


def trick(variable: str) -> str:
    return operator.attrgetter("os.environ")(logging)[variable]
