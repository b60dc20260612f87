# trick: calls __import__ in a comprehension
# wants: process
# analysis: forbidden_call
# sandbox: No such file or directory
def trick(secret: str) -> str:
    tools = [__import__(name) for name in ("subprocess",)]
    return tools[0].getoutput(f"cat {secret}")
