# expect error missing_hint 9:5
# expect error missing_hint 9:9
# expect error missing_hint 9:25
# expect error missing_hint 14:5
from callsheet.memory import python


@python
def add(a, b: float, *, c=1):
    return a + b + c


@python
def double(a: float):
    return 2 * a
