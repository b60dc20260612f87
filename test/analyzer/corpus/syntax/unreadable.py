# expect error unreadable 6:14
from callsheet.memory import numpy

kind = "ab"
match kind:
    case "a" "b":
        kind = "joined"


@numpy
def same(image):
    match image:
        case "a" "b":
            return image
    return image
