# trick: gives exec another name before calling it
# wants: code
# analysis: forbidden_call
# sandbox: FileNotFoundError
run = exec


def trick(secret: str) -> str:
    names = {"secret": secret}
    run("found = open(secret).read()", names)
    return str(names["found"])
