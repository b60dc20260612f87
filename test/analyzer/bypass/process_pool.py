# trick: starts processes with concurrent.futures
# wants: process
# analysis: forbidden_import
# sandbox: the shell said 0
# because: what it started ended with its job
import concurrent.futures
import posix


def trick(mark: int) -> str:
    pool = concurrent.futures.ProcessPoolExecutor(1)
    return f"the shell said {pool.submit(posix.system, f'setsid sleep {mark} >/dev/null 2>&1 &').result()}"
