import statistics
from dataclasses import dataclass
from typing import Literal


@dataclass
class Summary:
    """What is left of a series of measurements.

    Attributes:
        count: How many values count.
        centre: Their mean or median.
        spread: Their standard deviation; null for a single value.
    """

    count: int
    centre: float
    spread: float | None


def summarise(values: list[float], centre: Literal["mean", "median"] = "mean", trim: float = 0.0) -> Summary:
    """Summarise a series of measurements.

    Args:
        values: The measurements.
        centre: What stands for all of them.
        trim: Share of the values that is left out at either end, below 0.5.

    Returns:
        How many values count, their centre and their standard deviation.
    """
    left_out = int(len(values) * trim)
    kept = sorted(values)[left_out : len(values) - left_out]
    if not kept:
        raise ValueError("there are no values left to summarise")
    chosen = statistics.fmean(kept) if centre == "mean" else statistics.median(kept)
    return Summary(len(kept), chosen, statistics.stdev(kept) if len(kept) > 1 else None)
