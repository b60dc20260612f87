# expect function python.take
# expect input a0 {"type": "string", "nullable": true, "required": true}
# expect input a1 {"type": "string", "nullable": true, "required": true}
# expect input a2 {"type": "float", "required": true}
# expect input a3 {"type": "float", "required": true}
# expect input a4 {"type": "float", "nullable": true, "required": true}
# expect input a5 {"type": "string", "enum": ["gauss", "median"], "required": true}
# expect input a6 {"type": "integer", "enum": [-1, 1], "required": true}
# expect input a7 {"type": "integer", "enum": [1], "nullable": true, "required": true}
# expect input a8 {"type": "boolean", "required": true}
# expect input a9 {"type": "string", "enum": ["x", "y"], "required": true}
# expect input a10 {"type": "string", "enum": ["fast", "exact"], "required": true}
# expect input a11 {"type": "integer", "enum": [1, 2], "required": true}
# expect input a12 {"type": "string", "enum": ["LIGHT", "HEAVY"], "required": true}
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
    a0: Optional[str],
    a1: str | None,
    a2: int | float,
    a3: Union[float, int],
    a4: Union[Optional[int], float],
    a5: Literal["gauss", "median"],
    a6: Literal[-1, 1],
    a7: Literal[1, None],
    a8: Literal[True, False],
    a9: Literal["x"] | Literal["y"],
    a10: Mode,
    a11: Level,
    a12: Weight,
) -> None:
    return None
