# expect function python.above
# expect input level {"type":"integer","enum":[1,5,6],"default":6}
# expect output result {"type":"boolean","required":true}
# call {"level": 1} => {"result": false}
# call {} => {"result": true}
from enum import IntEnum, auto


class Level(IntEnum):
    LOW = 1
    MIDDLE = 5
    HIGH = auto()


def above(level: Level = Level.HIGH) -> bool:
    return level > Level.LOW
