# trick: has pkgutil find os.popen by its name
# wants: file
# analysis: accepted
# sandbox: No such file or directory
import pkgutil


def trick(secret: str) -> str:
    return pkgutil.resolve_name("os:popen")(f"cat {secret} 2>&1").read()
