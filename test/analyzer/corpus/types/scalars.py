# expect function python.describe
# expect input text {"type":"string","required":true}
# expect input count {"type":"integer","required":true}
# expect input scale {"type":"float","required":true}
# expect input flag {"type":"boolean","required":true}
# expect output result {"type":"string","required":true}
# call {"text": "a", "count": 2, "scale": 0.5, "flag": true} => {"result": "a 2 0.5 True"}
# call {"text": "", "count": -1, "scale": 2, "flag": false} => {"result": " -1 2.0 False"}
def describe(text: str, count: int, scale: float, flag: bool) -> str:
    return f"{text} {count} {scale} {flag}"
