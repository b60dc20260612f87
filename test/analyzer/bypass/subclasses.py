# trick: finds a class of os among the subclasses of object
# wants: file
# analysis: forbidden_member
# sandbox: No such file or directory
def trick(secret: str) -> str:
    for kind in ().__class__.__base__.__subclasses__():
        if kind.__name__ == "_wrap_close":
            return kind.__init__.__globals__["popen"](f"cat {secret} 2>&1").read()
    return "no such class"
