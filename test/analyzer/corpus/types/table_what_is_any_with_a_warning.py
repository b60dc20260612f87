# expect warning recursive_type 87:11
# expect warning mixed_types 102:9
# expect warning mixed_types 103:9
# expect warning mixed_types 104:9
# expect warning file_unreachable 105:9
# expect warning file_unreachable 106:9
# expect warning unknown_type 107:9
# expect warning unknown_type 108:9
# expect warning unknown_type 109:9
# expect warning unknown_type 110:9
# expect warning unknown_type 111:9
# expect function python.take
# expect input a0 {"type": "any", "required": true}
# expect input a1 {"type": "any", "required": true}
# expect input a2 {"type": "any", "required": true}
# expect input a3 {"type": "any", "required": true}
# expect input a4 {"type": "object", "additional_properties": true, "required": true}
# expect input a5 {"type": "any", "required": true}
# expect input a6 {"type": "any", "required": true}
# expect input a7 {"type": "any", "required": true}
# expect input a8 {"type": "any", "required": true}
# expect input a9 {"type": "any", "required": true}
# expect input a10 {"type": "object", "properties": {"value": {"type": "integer", "required": true}, "next": {"type": "any", "default": null}}, "required": true}
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
    a0: int | str,
    a1: Literal["auto", 1],
    a2: Options | Params,
    a3: Path | str,
    a4: dict[str, np.ndarray],
    a5: Plain,
    a6: typing.Callable[[int], int],
    a7: typing.Iterator[int],
    a8: complex,
    a9: string,
    a10: Node,
) -> None:
    return None
