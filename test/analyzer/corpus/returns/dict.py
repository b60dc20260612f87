# expect function python.count
# expect input text {"type":"string","required":true}
# expect output result {"type":"object","additional_properties":true,"required":true}
# call {"text": "aba"} => {"result": {"a": 2, "b": 1}}
def count(text: str) -> dict[str, int]:
    return {letter: text.count(letter) for letter in sorted(set(text))}
