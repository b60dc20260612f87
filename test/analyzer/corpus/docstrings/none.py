# expect function python.blur
# expect input text {"type":"string","required":true}
# expect output result {"type":"string","required":true}
# call {"text": "a"} => {"result": "a"}
def blur(text: str) -> str:
    return text
