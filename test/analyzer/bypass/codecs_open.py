# trick: opens with codecs
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
import codecs


def trick(secret: str) -> str:
    return codecs.open(secret, encoding="utf-8").read()
