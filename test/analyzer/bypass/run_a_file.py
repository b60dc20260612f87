# trick: writes a program into /tmp and has runpy run it
# wants: code
# analysis: accepted
# sandbox: FileNotFoundError
import pathlib
import runpy
import tempfile


def trick(secret: str) -> str:
    program = pathlib.Path(tempfile.mkdtemp(), "program.py")
    program.write_text(f"found = open({secret!r}).read()")
    return runpy.run_path(str(program))["found"]
