"""Makes what a function's annotations ask for out of JSON: enums, dataclasses, sets, dates, the contents of files …"""

import collections
import collections.abc
import dataclasses
import datetime
import decimal
import enum
import inspect
import os
import pathlib
import types
import typing
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from callsheet_runner.child.hints import UNKNOWN, array_library, field_hints
from callsheet_runner.child.parse_duration import parse_duration
from callsheet_runner.errors import InvalidInputsError

#: What stands around a type and says nothing of its values' form.
WRAPPERS = (typing.Annotated, typing.Required, typing.NotRequired, typing.Final, typing.ClassVar)
SETS = {set: set, collections.abc.Set: set, collections.abc.MutableSet: set, frozenset: frozenset}
LISTS = (list, collections.abc.Sequence, collections.abc.Iterable, collections.abc.Collection, collections.abc.MutableSequence)
MAPPINGS = (dict, collections.abc.Mapping, collections.abc.MutableMapping)
PATHS = (pathlib.PurePath, os.PathLike)
TEXTS: dict[Any, Callable[[str], Any]] = {
    datetime.datetime: datetime.datetime.fromisoformat,
    datetime.date: datetime.date.fromisoformat,
    datetime.time: datetime.time.fromisoformat,
    datetime.timedelta: parse_duration,
    uuid.UUID: uuid.UUID,
}


class Unfit(Exception):
    """A value is not of a type; `at` is the JSON Pointer inside the input."""

    def __init__(self, at: str, said: str) -> None:
        super().__init__(said)
        self.at = at


class InputConverter:
    """For the inputs of one job. `files`: the path of each file by digest. `read_array(path, library)`: a file's content as an array.
    `library`: of a file that no annotation speaks of; None leaves it a path."""

    def __init__(self, files: Mapping[str, str], read_array: Callable[[Path, str], Any], library: str | None) -> None:
        self._files = files
        self._read_array = read_array
        self._library = library

    def convert(self, value: Any, hint: Any, name: str) -> Any:
        """The input `name` as its annotation asks for it."""
        try:
            return self.made(value, hint, f"/{name}")
        except Unfit as unfit:
            raise InvalidInputsError(f"input {unfit.at}: {unfit}") from unfit.__cause__

    def made(self, value: Any, hint: Any, at: str) -> Any:
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if hint is UNKNOWN or hint is Any or hint is object:
            return self._unknown(value)
        if origin in WRAPPERS:
            return self.made(value, arguments[0], at)
        if isinstance(hint, typing.TypeVar):
            return self.made(value, hint.__bound__ or UNKNOWN, at)
        if isinstance(hint, dataclasses.InitVar):
            return self.made(value, hint.type, at)
        for link in ("__supertype__", "__value__"):
            # NewType, and `type X = …` of Python 3.12.
            if hasattr(hint, link) and not isinstance(hint, type):
                return self.made(value, getattr(hint, link), at)
        if self._is_file(value) and (library := array_library(hint)) is not None:
            return self._read_array(self._path(value), library)
        if origin in (typing.Union, types.UnionType):
            return self._first_fitting(value, arguments, at)
        if origin is typing.Literal or value is None:
            return value
        kind = origin or hint
        return self._of_class(value, kind, arguments, at) if isinstance(kind, type) else self._unknown(value)

    def _of_class(self, value: Any, kind: type, arguments: tuple[Any, ...], at: str) -> Any:
        if issubclass(kind, enum.Enum):
            return member_of(value, kind, at)
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            # JSON has one kind of number: 1.0 travels as 1.
            return float(value)
        if issubclass(kind, (bytes, bytearray)) and self._is_file(value):
            return kind(self._path(value).read_bytes())
        if kind in PATHS or issubclass(kind, pathlib.PurePath):
            return self._path(value) if self._is_file(value) else value
        if kind in TEXTS and isinstance(value, str):
            return parsed(TEXTS[kind], value, at)
        if kind is decimal.Decimal and isinstance(value, (str, int, float)) and not isinstance(value, bool):
            return parsed(lambda text: decimal.Decimal(str(text)), value, at)
        if isinstance(value, list):
            return self._of_list(value, kind, arguments, at)
        if isinstance(value, dict):
            return self._of_dict(value, kind, arguments, at)
        return value

    def _of_list(self, value: list[Any], kind: type, arguments: tuple[Any, ...], at: str) -> Any:
        if issubclass(kind, tuple) and hasattr(kind, "_fields"):
            return self._of_fields(dict(zip(kind._fields, value, strict=False)), kind, field_hints(kind), at)
        if issubclass(kind, tuple) and arguments and arguments[-1] is not Ellipsis:
            if len(value) != len(arguments):
                raise Unfit(at, f"{len(arguments)} items are needed; there are {len(value)}")
            return tuple(self.made(item, hint, f"{at}/{index}") for index, (item, hint) in enumerate(zip(value, arguments, strict=True)))
        items = [self.made(item, arguments[0] if arguments else UNKNOWN, f"{at}/{index}") for index, item in enumerate(value)]
        if kind is tuple:
            return tuple(items)
        if kind in SETS:
            try:
                return SETS[kind](items)
            except TypeError as error:
                raise Unfit(at, f"its items cannot be in a set: {error}") from error
        return collections.deque(items) if kind is collections.deque else items

    def _of_dict(self, value: dict[str, Any], kind: type, arguments: tuple[Any, ...], at: str) -> Any:
        if typing.is_typeddict(kind):
            hints = field_hints(kind)
            return {key: self.made(item, hints.get(key, UNKNOWN), f"{at}/{key}") for key, item in value.items()}
        if dataclasses.is_dataclass(kind) or hasattr(kind, "_fields"):
            return self._of_fields(value, kind, field_hints(kind), at)
        if hasattr(kind, "model_validate"):
            return self._of_model(value, kind, at)
        of_key, of_item = arguments if len(arguments) == 2 else (UNKNOWN, arguments[0] if arguments else UNKNOWN)
        made = {key_of(self.made(key, of_key, at), of_key): self.made(item, of_item, f"{at}/{key}") for key, item in value.items()}
        if kind in (collections.OrderedDict, collections.Counter):
            return kind(made)
        return collections.defaultdict(None, made) if kind is collections.defaultdict else made

    def _of_fields(self, value: dict[str, Any], kind: type, hints: Mapping[str, Any], at: str) -> Any:
        given = {key: self.made(item, hints.get(key, UNKNOWN), f"{at}/{key}") for key, item in value.items()}
        return built(kind, given, at)

    def _of_model(self, value: dict[str, Any], kind: Any, at: str) -> Any:
        hints = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
        hints |= {name: field.annotation for name, field in kind.model_fields.items()}
        given = {key: self.made(item, hints.get(key, UNKNOWN), f"{at}/{key}") for key, item in value.items()}
        return parsed(kind.model_validate, given, at)

    def _first_fitting(self, value: Any, members: tuple[Any, ...], at: str) -> Any:
        """By the first member that the value has the form of; else as it is."""
        trouble: Unfit | None = None
        for member in sorted(members, key=lambda member: not self._has_form(value, member)):
            if value is None or member is type(None):
                continue
            try:
                made = self.made(value, member, at)
            except Unfit as unfit:
                trouble = trouble or unfit
                continue
            if self._has_form(value, member) or made is not value:
                return made
        if trouble is not None:
            raise trouble
        return value

    def _has_form(self, value: Any, hint: Any) -> bool:
        """Whether JSON writes values of this type as `value` is written."""
        kind = typing.get_origin(hint) or hint
        if kind is typing.Literal:
            return any(value == one and type(value) is type(one) for one in typing.get_args(hint))
        if not isinstance(kind, type):
            return False
        if issubclass(kind, enum.Enum):
            return any(value in (member.value, member.name) and not isinstance(value, (list, dict)) for member in kind)
        return type(value) is kind

    def _unknown(self, value: Any) -> Any:
        if not self._is_file(value):
            return value
        return self._path(value) if self._library is None else self._read_array(self._path(value), self._library)

    def _is_file(self, value: Any) -> bool:
        return isinstance(value, str) and value in self._files

    def _path(self, value: str) -> Path:
        return Path(self._files[value])


def member_of(value: Any, kind: type[enum.Enum], at: str) -> enum.Enum:
    """By value, then by name."""
    try:
        return kind(value)
    except ValueError:
        pass
    if isinstance(value, str) and value in kind.__members__:
        return kind[value]
    raise Unfit(at, f"{value!r} is no {kind.__name__}; there is {', '.join(kind.__members__)}")


def key_of(key: Any, hint: Any) -> Any:
    """JSON's keys are strings."""
    if hint is int or hint is float:
        try:
            return hint(key)
        except ValueError:
            return key
    return key


def parsed(parse: Callable[[Any], Any], value: Any, at: str) -> Any:
    try:
        return parse(value)
    except (ValueError, ArithmeticError) as error:
        raise Unfit(at, str(error) or f"{value!r} cannot be read") from error


def built(kind: type, given: dict[str, Any], at: str) -> Any:
    """A dataclass or a named tuple; what its own code raises is the inputs' fault where it says so by ValueError."""
    if dataclasses.is_dataclass(kind):
        # Not all fields are given (`init=False`), and some that are given are no fields (`InitVar`).
        given = {name: given[name] for name in inspect.signature(kind).parameters if name in given}
    try:
        return kind(**given)
    except (TypeError, ValueError) as error:
        raise Unfit(at, f"no {kind.__name__} can be made of it: {error}") from error
