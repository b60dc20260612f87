"""Durations as JSON says them: ISO 8601, like PT1.5S or P1DT2H."""

import datetime
import re

FORM = re.compile(
    r"P(?:(?P<weeks>\d+(?:[.,]\d+)?)W)?(?:(?P<days>\d+(?:[.,]\d+)?)D)?"
    r"(?:T(?:(?P<hours>\d+(?:[.,]\d+)?)H)?(?:(?P<minutes>\d+(?:[.,]\d+)?)M)?(?:(?P<seconds>\d+(?:[.,]\d+)?)S)?)?"
)


def parse_duration(text: str) -> datetime.timedelta:
    """Years and months have no length of their own and are refused."""
    found = FORM.fullmatch(text)
    if found is None or not any(found.groupdict().values()):
        raise ValueError(f"{text!r} is no duration in weeks, days, hours, minutes and seconds, like P1DT2H or PT1.5S")
    return datetime.timedelta(**{unit: float(number.replace(",", ".")) for unit, number in found.groupdict().items() if number})


def write_duration(duration: datetime.timedelta) -> str:
    """The same in days and seconds."""
    if duration < datetime.timedelta(0):
        raise ValueError("it is negative, which a duration in JSON cannot be")
    seconds = f"{duration.seconds}.{duration.microseconds:06d}".rstrip("0").rstrip(".")
    return f"P{duration.days}DT{seconds}S" if duration.days else f"PT{seconds}S"
