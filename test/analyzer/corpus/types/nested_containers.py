# expect function python.flatten
# expect input rows {"type":"array","items":{"type":"array","items":{"type":"integer"}},"required":true}
# expect input table {"type":"object","additional_properties":true,"default":{}}
# expect input cells {"type":"array","items":{"type":"object","additional_properties":true},"default":[]}
# expect input maybe {"type":"array","items":{"type":"integer","nullable":true},"default":[]}
# expect output result {"type":"array","items":{"type":"integer"},"required":true}
# call {"rows": [[1], [2, 3]]} => {"result": [1, 2, 3]}
def flatten(rows: list[list[int]], table: dict[str, list[float]] = {}, cells: list[dict[str, int]] = [], maybe: list[int | None] = []) -> list[int]:
    return [cell for row in rows for cell in row]
