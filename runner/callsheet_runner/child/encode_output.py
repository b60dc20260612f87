"""Makes what a function returned sayable: JSON, and files for arrays, bytes and paths where the interface declares files."""

import datetime
import decimal
import enum
import math
import numbers
import uuid
from collections.abc import Callable, Mapping, Set
from pathlib import Path, PurePath
from typing import Any

from callsheet.memory_types import memory_type_of, to_numpy
from callsheet_runner.child.name_outputs import as_mapping
from callsheet_runner.child.parse_duration import write_duration
from callsheet_runner.errors import InvalidOutputsError
from callsheet_runner.job import Job

#: Writes an array as the file of the output of that name: (array, name, allowed formats).
WriteArray = Callable[[Any, str, list[str]], Path]
DEEPEST = 200


class OutputEncoder:
    """For the outputs of one job."""

    def __init__(self, job: Job, write_array: WriteArray) -> None:
        self._job = job
        self._write_array = write_array
        self._files = 0

    def encode(self, value: Any, field: Mapping[str, Any] | None, at: str, depth: int = 0) -> Any:
        """`value` as JSON says it. `field` declares it; `at` is its place, as in `/stats/0/mean`."""
        if depth > DEEPEST:
            raise InvalidOutputsError(f"{at} lies more than {DEEPEST} deep; does it contain itself?")
        kind = (field or {}).get("type")
        if kind == "file" and value is not None:
            return self._file(value, (field or {}).get("format") or [], at)
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, enum.Enum):
            return self.encode(sayable_member(value), field, at, depth + 1)
        if isinstance(value, str):
            return str(value)
        if memory_type_of(value) is not None:
            return self.encode(to_numpy(value).tolist(), field, at, depth + 1)
        if isinstance(value, (int, float, decimal.Decimal, numbers.Rational)):
            return number(value, kind, at)
        if isinstance(value, Set):
            items = [self.encode(item, (field or {}).get("items"), f"{at}/{index}", depth + 1) for index, item in enumerate(value)]
            return in_order(items)
        text = as_text(value, at)
        if text is not None:
            return text
        fields = as_mapping(value)
        if fields is not None and not (isinstance(value, tuple) and kind == "array"):
            properties, named = (field or {}).get("properties") or {}, {key_of(key): item for key, item in fields.items()}
            return {key: self.encode(item, properties.get(key), f"{at}/{key}", depth + 1) for key, item in named.items()}
        if isinstance(value, (list, tuple)) or type(value).__name__ in ("deque", "dict_keys", "dict_values", "range"):
            items_field = (field or {}).get("items")
            return [self.encode(item, items_field, f"{at}/{index}", depth + 1) for index, item in enumerate(value)]
        if isinstance(value, PurePath):
            raise InvalidOutputsError(f"{at} is a path; its annotation must say Path, so that it becomes a file")
        raise InvalidOutputsError(f"{at} is a {type(value).__name__}, which JSON cannot say")

    def _file(self, value: Any, formats: list[str], at: str) -> Any:
        name = at.removeprefix("/").replace("/", "_")
        if isinstance(value, (bytes, bytearray, memoryview)):
            path = self._job.output_path(f"{name}.{formats[0] if formats else 'bin'}")
            path.write_bytes(value)
            return path
        if memory_type_of(value) is not None:
            return self._write_array(value, name, formats)
        if isinstance(value, PurePath):
            return self._kept(Path(value), at)
        raise InvalidOutputsError(f"{at} is a {type(value).__name__}; an array, bytes or a path is needed, which becomes a file")

    def _kept(self, path: Path, at: str) -> Path:
        """A file of the function's own making lies anywhere that it may write; it goes where outputs are."""
        whole = path if path.is_absolute() else self._job.output_dir / path
        if not whole.is_file():
            raise InvalidOutputsError(f"{at} is {path}, and there is no such file")
        if whole.is_relative_to(self._job.output_dir) and ".." not in whole.parts and not whole.is_symlink():
            return whole
        import shutil

        self._files += 1
        return Path(shutil.copyfile(whole, self._job.output_path(f"file-{self._files}/{whole.name}")))


def number(value: Any, kind: str | None, at: str) -> Any:
    if not isinstance(value, (int, float)):
        if kind == "string":
            return str(value)
        value = float(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise InvalidOutputsError(f"{at} is {value}, which JSON cannot say; return None or a number there")
    # numpy's float64 is a float, and IntEnum's members are ints.
    return int(value) if isinstance(value, int) else float(value)


def sayable_member(member: enum.Enum) -> Any:
    """Its value when all values are strings or all integers, as the interface has it; else its name."""
    values = [one.value for one in type(member)]
    is_plain = all(isinstance(value, str) for value in values) or all(type(value) is int for value in values)
    return member.value if is_plain else member.name


def as_text(value: Any, at: str) -> str | None:
    """Dates and times as RFC 3339, without a zone as UTC; durations as ISO 8601."""
    match value:
        case uuid.UUID():
            return str(value)
        case datetime.datetime() | datetime.time():
            zoned = value if value.tzinfo is not None and value.utcoffset() is not None else value.replace(tzinfo=datetime.UTC)
            return zoned.isoformat().replace("+00:00", "Z")
        case datetime.date():
            return value.isoformat()
        case datetime.timedelta():
            try:
                return write_duration(value)
            except ValueError as error:
                raise InvalidOutputsError(f"{at} is {value}: {error}") from error
    return None


def in_order(items: list[Any]) -> list[Any]:
    """A set has no order of its own; the same set is always told the same way."""
    try:
        return sorted(items)
    except TypeError:
        return sorted(items, key=lambda item: (type(item).__name__, repr(item)))


def key_of(key: Any) -> str:
    return str(sayable_member(key) if isinstance(key, enum.Enum) else key)
