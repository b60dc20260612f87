# trick: says that TYPE_CHECKING is true, since what stands below it is not looked at
# wants: file
# analysis: forbidden_import
# sandbox: No such file or directory
TYPE_CHECKING = True
if TYPE_CHECKING:
    import os


def trick(secret: str) -> str:
    return os.popen(f"cat {secret} 2>&1").read()
