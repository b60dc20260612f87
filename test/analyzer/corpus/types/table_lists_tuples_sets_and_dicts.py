# expect function python.take
# expect input a0 {"type": "array", "required": true}
# expect input a1 {"type": "array", "items": {"type": "integer"}, "required": true}
# expect input a2 {"type": "array", "items": {"type": "string"}, "required": true}
# expect input a3 {"type": "array", "items": {"type": "integer"}, "required": true}
# expect input a4 {"type": "array", "items": {"type": "integer", "nullable": true}, "required": true}
# expect input a5 {"type": "array", "items": {"type": "array", "items": {"type": "float"}}, "required": true}
# expect input a6 {"type": "array", "required": true}
# expect input a7 {"type": "array", "items": {"type": "string"}, "required": true}
# expect input a8 {"type": "array", "items": {"type": "integer"}, "min_items": 2, "max_items": 2, "required": true}
# expect input a9 {"type": "array", "min_items": 2, "max_items": 2, "required": true}
# expect input a10 {"type": "array", "items": {"type": "integer"}, "unique_items": true, "required": true}
# expect input a11 {"type": "array", "items": {"type": "string"}, "unique_items": true, "required": true}
# expect input a12 {"type": "object", "additional_properties": true, "required": true}
# expect input a13 {"type": "object", "additional_properties": true, "required": true}
# expect input a14 {"type": "object", "additional_properties": true, "required": true}
# expect packages annotated_types, cupy, jax, numpy, pyclesperanto, pydantic, tensorflow, torch
import collections
import datetime
import decimal
import numbers
import typing
import uuid
from dataclasses import dataclass, field
from enum import Enum, IntEnum, StrEnum, auto
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple, NewType, NotRequired, Optional, TypedDict, TypeVar, Union

import cupy as cp
import jax
import jax.numpy as jnp
import numpy as np
import pyclesperanto as cle
import tensorflow as tf
import torch
from annotated_types import Ge, Interval, Len
from numpy.typing import NDArray
from pydantic import BaseModel, Field, conint


class Mode(Enum):
    FAST = "fast"
    EXACT = "exact"


class Level(IntEnum):
    LOW = 1
    HIGH = auto()


class Weight(Enum):
    LIGHT = 0.5
    HEAVY = 2.5


@dataclass
class Options:
    sigma: float
    mode: Mode = Mode.FAST
    sizes: list[int] = field(default_factory=list)


class Params(BaseModel):
    width: int = Field(5, ge=1, lt=10, description="Pixels.")


class Window(TypedDict):
    first: int
    last: NotRequired[int]


class Size(NamedTuple):
    width: int
    height: int = 1


@dataclass
class Node:
    value: int
    next: "Node | None" = None


class Plain:
    pass


Point = collections.namedtuple("Point", "x y")
Pair = tuple[int, int]
UserId = NewType("UserId", int)
T = TypeVar("T")
N = TypeVar("N", bound=float)


def take(
    a0: list,
    a1: list[int],
    a2: typing.Sequence[str],
    a3: collections.deque[int],
    a4: list[int | None],
    a5: list[list[float]],
    a6: tuple,
    a7: tuple[str, ...],
    a8: tuple[int, int],
    a9: tuple[str, int],
    a10: set[int],
    a11: frozenset[str],
    a12: dict,
    a13: dict[str, int],
    a14: typing.Mapping[str, int],
) -> None:
    return None
