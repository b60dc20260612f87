# trick: has timeit run a text as code
# wants: code
# analysis: accepted
# sandbox: FileNotFoundError
import timeit


def trick(secret: str) -> str:
    found: dict[str, str] = {}
    timeit.timeit("found['text'] = open(secret).read()", number=1, globals={"found": found, "secret": secret})
    return found["text"]
