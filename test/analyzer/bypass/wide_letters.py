# trick: spells eval with full-width letters, which Python reads as eval
# wants: code
# analysis: forbidden_call
# sandbox: FileNotFoundError
def trick(secret: str) -> str:
    return ｅｖａｌ("open(secret).read()", {"secret": secret})
