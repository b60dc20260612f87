# trick: opens another's shared memory by its name
# wants: file
# analysis: accepted
# sandbox: FileNotFoundError
import _posixshmem
import mmap


def trick(shared: str) -> str:
    handle = _posixshmem.shm_open("/" + shared, 0, mode=0o600)
    return bytes(mmap.mmap(handle, 0, prot=mmap.PROT_READ)).decode()
