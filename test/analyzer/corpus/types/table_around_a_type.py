# expect function python.take
# expect input a0 {"type": "integer", "description": "How many.", "required": true}
# expect input a1 {"type": "integer", "min": 0, "required": true}
# expect input a2 {"type": "float", "min": 0, "max": 1, "required": true}
# expect input a3 {"type": "array", "items": {"type": "integer"}, "min_items": 1, "max_items": 3, "required": true}
# expect input a4 {"type": "string", "pattern": "^a", "required": true}
# expect input a5 {"type": "integer", "min": 0, "max": 9, "required": true}
# expect input a6 {"type": "integer", "required": true}
# expect input a7 {"type": "array", "items": {"type": "integer"}, "min_items": 2, "max_items": 2, "required": true}
# expect input a8 {"type": "integer", "required": true}
# expect input a9 {"type": "float", "required": true}
# expect input a10 {"type": "any", "required": true}
# expect input a11 {"type": "array", "items": {"type": "string", "enum": ["fast", "exact"]}, "required": true}
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
    a0: Annotated[int, "How many."],
    a1: Annotated[int, Ge(0)],
    a2: Annotated[float, Interval(ge=0, le=1)],
    a3: Annotated[list[int], Len(1, 3)],
    a4: Annotated[str, Field(pattern="^a")],
    a5: conint(ge=0, le=9),
    a6: Final[int],
    a7: Pair,
    a8: UserId,
    a9: N,
    a10: T,
    a11: list["Mode"],
) -> None:
    return None
