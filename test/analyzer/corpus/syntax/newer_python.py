# expect warning unknown_type 9:43
# expect function python.largest
from callsheet.memory import python

type Numbers = list[float]


@python
def largest[T: (int, float)](values: list[T], default: float = 0.) -> float:
    match values:
        case []:
            return default
        case [only]:
            return only
    return max(values)


class Box[T = int]:
    content: T


def _spread(*parts: *tuple[int, ...]) -> tuple[*tuple[int, ...]]:
    return parts
