# expect function python.mean
# expect input values {"type":"array","items":{"type":"float","nullable":true},"required":true}
# expect input pairs {"type":"array","items":{"type":"array","items":{"type":"integer"},"min_items":2,"max_items":2},"default":[]}
# expect input matrix {"type":"array","items":{"type":"array","items":{"type":"float"}},"nullable":true,"default":null}
# expect output result {"type":"float","required":true}
# call {"values": [1, null, 3]} => {"result": 2.0}
def mean(values: list[float | None], pairs: list[tuple[int, int]] = [], matrix: list[list[float]] | None = None) -> float:
    known = [value for value in values if value is not None]
    return sum(known) / len(known)
