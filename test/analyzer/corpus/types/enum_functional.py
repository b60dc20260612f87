# expect function python.run
# expect input mode {"type":"integer","enum":[1,2],"required":true}
# expect input unit {"type":"integer","enum":[10,20],"default":20}
# expect output result {"type":"integer","required":true}
# call {"mode": 2} => {"result": 22}
from enum import Enum, IntEnum

Mode = Enum("Mode", "FAST EXACT")
Unit = IntEnum("Unit", [("MM", 10), ("CM", 20)])


def run(mode: Mode, unit: Unit = Unit.CM) -> int:
    return mode.value + unit
