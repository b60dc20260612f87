# expect function python.find
# expect input name {"type":"string","required":true}
# expect output result {"type":"integer","nullable":true,"required":true}
# call {"name": ""} => {"result": null}
# call {"name": "ab"} => {"result": 2}
def find(name: str) -> int | None:
    return len(name) or None
