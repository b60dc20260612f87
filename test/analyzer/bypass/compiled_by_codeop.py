# trick: compiles a text with codeop and makes a function of it
# wants: code
# analysis: forbidden_member, forbidden_call
# sandbox: FileNotFoundError
import codeop
import types


def trick(secret: str) -> str:
    names = {"secret": secret, "__builtins__": __builtins__}
    types.FunctionType(codeop.compile_command("found = open(secret).read()"), names)()
    return str(names["found"])
