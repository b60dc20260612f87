# trick: maps the file into memory
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
import _io
import mmap


def trick(secret: str) -> str:
    handle = _io.FileIO(secret)
    return bytes(mmap.mmap(handle.fileno(), 0, prot=mmap.PROT_READ)).decode()
