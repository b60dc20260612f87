"""Makes plain JSON of what a handler returned."""

import math
from pathlib import Path
from typing import Any

from callsheet_runner.errors import InvalidOutputsError

Fields = dict[str, dict[str, Any]]


def plain_outputs(returned: Any, fields: Fields, output_dir: Path, digests: set[str]) -> list[dict[str, Any]]:
    """One set of outputs, or several siblings, with paths below `output_dir` written as relative strings.

    `digests`: of the job's input files, which may be passed through as outputs.
    """
    siblings = returned if isinstance(returned, list) else [returned]
    if not siblings:
        raise InvalidOutputsError("the handler returned an empty list; it returns a dict of outputs, or a list of at least one")
    return [outputs_of(sibling, fields, output_dir, digests, index) for index, sibling in enumerate(siblings)]


def outputs_of(returned: Any, fields: Fields, output_dir: Path, digests: set[str], index: int) -> dict[str, Any]:
    if not isinstance(returned, dict):
        raise InvalidOutputsError(f"the handler returned {type(returned).__name__}; it returns a dict of outputs, or a list of such dicts")
    walk = Walk(output_dir, digests)
    return {str(name): walk.plain(value, fields.get(str(name)), f"/{index}/{name}") for name, value in returned.items()}


class Walk:
    """Goes down one value beside the field that declares it; `at` is the JSON Pointer that messages tell."""

    def __init__(self, output_dir: Path, digests: set[str]) -> None:
        self.output_dir = output_dir
        self.digests = digests

    def plain(self, value: Any, field: dict[str, Any] | None, at: str) -> Any:
        kind = field.get("type") if field else None
        if value is None or isinstance(value, bool):
            return value
        if kind == "file":
            return self.file(value, at)
        if isinstance(value, Path):
            raise InvalidOutputsError(f"{at} is a path, and the interface declares no file there")
        if isinstance(value, str):
            return self.text(value, at)
        if isinstance(value, dict):
            properties = (field or {}).get("properties") or {}
            return {str(key): self.plain(item, properties.get(str(key)), f"{at}/{key}") for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            items = (field or {}).get("items")
            return [self.plain(item, items, f"{at}/{index}") for index, item in enumerate(value)]
        return self.number(value, field, at)

    def text(self, value: str, at: str) -> str:
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise InvalidOutputsError(f"{at} has a character that is none ({error.reason})") from error
        return str(value)

    def number(self, value: Any, field: dict[str, Any] | None, at: str) -> Any:
        # numpy's and torch's scalars and arrays, without importing either.
        if not isinstance(value, (int, float)):
            if hasattr(value, "tolist"):
                return self.plain(value.tolist(), field, at)
            if hasattr(value, "item"):
                return self.plain(value.item(), field, at)
            raise InvalidOutputsError(f"{at} is a {type(value).__name__}, which JSON cannot say")
        if isinstance(value, float) and not math.isfinite(value):
            raise InvalidOutputsError(f"{at} is {value}, which JSON cannot say")
        return int(value) if isinstance(value, int) else float(value)

    def file(self, value: Any, at: str) -> str:
        if isinstance(value, str) and value in self.digests:
            return value
        if not isinstance(value, (str, Path)):
            raise InvalidOutputsError(f"{at} is a {type(value).__name__}; a file output is a path in job.output_dir")
        absolute = Path(value) if Path(value).is_absolute() else self.output_dir / value
        if ".." in absolute.parts or not absolute.is_relative_to(self.output_dir):
            raise InvalidOutputsError(f"{at} is {value}, which lies outside job.output_dir")
        if not is_plain_file(absolute):
            raise InvalidOutputsError(f"{at} is {value}, and there is no such file")
        return absolute.relative_to(self.output_dir).as_posix()


def is_plain_file(path: Path) -> bool:
    try:
        return path.is_file() and not path.is_symlink()
    except OSError:
        return False
