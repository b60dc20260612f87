# expect function python.pick
# expect input name {"type":"string","nullable":true,"required":true}
# expect input size {"type":"integer","nullable":true,"default":3}
# expect output result {"type":"string","required":true}
# call {"name": null, "size": null} => {"result": "None:None"}
def pick(name: str | None, size: None | int = 3) -> str:
    return f"{name}:{size}"
