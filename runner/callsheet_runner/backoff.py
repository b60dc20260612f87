"""How long to wait before the next try."""

import random
from collections.abc import Iterator


def pauses(first: float = 0.5, most: float = 10.0) -> Iterator[float]:
    """Seconds between tries: doubling, never over `most`, and spread so that many runners do not come back at once."""
    step = first
    while True:
        yield step * random.uniform(0.5, 1.0)
        step = min(most, step * 2)
