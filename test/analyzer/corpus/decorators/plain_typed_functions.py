# expect warning missing_hint 22:5
# expect function python.mean
# expect function python.spread
# call mean {"values": [1.0, 2.0]} => {"result": 1.5}
# call spread {"values": [1.0, 4.0]} => {"result": 3.0}
import statistics


def mean(values: list[float]) -> float:
    """The mean of the values."""
    return statistics.fmean(values)


def spread(values: list[float]) -> float:
    return max(values) - min(values)


def _helper(x):
    return x


def main():
    print(mean([1.0]))


if __name__ == "__main__":

    def test(x: int) -> int:
        return x

    main()
