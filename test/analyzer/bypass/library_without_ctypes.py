# trick: calls the C library through the module under ctypes
# wants: process
# analysis: forbidden_import
# sandbox: system said 0
# because: what it started ended with its job
import _ctypes


def trick(mark: int) -> str:
    system = _ctypes.dlsym(_ctypes.dlopen(None, 2), "system")

    class Text(_ctypes._SimpleCData):
        _type_ = "z"

    command = Text(f"setsid sleep {mark} >/dev/null 2>&1 &".encode())
    return f"system said {_ctypes.call_cdeclfunction(system, (command,))}"
