# expect function python.paint
# expect input colour {"type":"string","enum":["red","blue"],"default":"red"}
# expect input shape {"type":"string","enum":["disc"],"default":"disc"}
# expect output result {"type":"string","required":true}
# call {"colour": "blue"} => {"result": "bluedisc"}
import enum


class Colour(enum.StrEnum):
    RED = enum.auto()
    DEEP_BLUE = "blue"


class Shape(str, enum.Enum):
    DISC = "disc"


def paint(colour: Colour = Colour.RED, shape: Shape = "disc") -> str:
    return colour + shape
