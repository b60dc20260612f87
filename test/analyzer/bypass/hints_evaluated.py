# trick: has typing evaluate a hint that is code
# wants: code
# analysis: accepted
# sandbox: job:x:
# because: a passwd of its own
import typing


class Holder:
    found: "(lambda text: type('Found', (), {'text': text}))(open('/etc/passwd').read())"


def trick() -> str:
    return typing.get_type_hints(Holder)["found"].text
