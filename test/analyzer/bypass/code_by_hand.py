# trick: changes a name in its own byte code from str to open
# wants: code
# analysis: accepted
# sandbox: FileNotFoundError
def template(path):
    return str(path)


def trick(secret: str) -> str:
    template.__code__ = template.__code__.replace(co_names=("open",))
    return template(secret).read()
