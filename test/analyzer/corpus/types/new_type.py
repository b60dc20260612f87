# expect function python.find
# expect input user {"type":"integer","required":true}
# expect input path {"type":"array","items":{"type":"integer"},"default":[]}
# expect output result {"type":"string","required":true}
# call {"user": 3} => {"result": "user 3"}
from typing import NewType

UserId = NewType("UserId", int)
Path2 = NewType("Path2", "list[UserId]")


def find(user: UserId, path: Path2 = []) -> str:
    return f"user {user}"
