# expect function python.take
# expect input a0 {"type": "string", "required": true}
# expect input a1 {"type": "integer", "required": true}
# expect input a2 {"type": "float", "required": true}
# expect input a3 {"type": "boolean", "required": true}
# expect input a4 {"type": "string", "format": "date", "required": true}
# expect input a5 {"type": "string", "format": "date-time", "required": true}
# expect input a6 {"type": "string", "format": "time", "required": true}
# expect input a7 {"type": "string", "format": "duration", "required": true}
# expect input a8 {"type": "string", "format": "uuid", "required": true}
# expect input a9 {"type": "float", "required": true}
# expect input a10 {"type": "float", "required": true}
# expect input a11 {"type": "integer", "required": true}
# expect input a12 {"type": "float", "required": true}
# expect input a13 {"type": "integer", "required": true}
# expect input a14 {"type": "boolean", "required": true}
# expect input a15 {"type": "any", "required": true}
# expect input a16 {"type": "any", "required": true}
# expect input a17 {"type": "any", "required": true}
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
    a0: str,
    a1: int,
    a2: float,
    a3: bool,
    a4: datetime.date,
    a5: datetime.datetime,
    a6: datetime.time,
    a7: datetime.timedelta,
    a8: uuid.UUID,
    a9: decimal.Decimal,
    a10: numbers.Real,
    a11: numbers.Integral,
    a12: np.float32,
    a13: np.int64,
    a14: np.bool_,
    a15: Any,
    a16: object,
    a17: None,
) -> None:
    return None
