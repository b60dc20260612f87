# expect function python.run
# expect input mode {"type":"string","enum":["fast","exact"],"required":true}
# expect input other {"type":"string","enum":["fast","exact"],"default":"fast"}
# expect input by_name {"type":"string","enum":["fast","exact"],"default":"exact"}
# expect output result {"type":"string","required":true}
# call {"mode": "exact"} => {"result": "EXACT fast exact"}
from enum import Enum


class Mode(Enum):
    FAST = "fast"
    EXACT = "exact"
    SLOW = "exact"


def run(mode: Mode, other: Mode = Mode.FAST, by_name: Mode = Mode["SLOW"]) -> str:
    return f"{mode.name} {other.value} {by_name.value}"
