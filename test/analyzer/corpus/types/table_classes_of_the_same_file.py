# expect function python.take
# expect input a0 {"type": "object", "properties": {"sigma": {"type": "float", "required": true}, "mode": {"type": "string", "enum": ["fast", "exact"], "default": "fast"}, "sizes": {"type": "array", "items": {"type": "integer"}, "default": []}}, "required": true}
# expect input a1 {"type": "object", "properties": {"width": {"type": "integer", "min": 1, "max": 9, "default": 5, "description": "Pixels."}}, "required": true}
# expect input a2 {"type": "object", "properties": {"first": {"type": "integer", "required": true}, "last": {"type": "integer", "required": false}}, "required": true}
# expect input a3 {"type": "object", "properties": {"width": {"type": "integer", "required": true}, "height": {"type": "integer", "default": 1}}, "required": true}
# expect input a4 {"type": "object", "properties": {"x": {"type": "any", "required": true}, "y": {"type": "any", "required": true}}, "required": true}
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
    a0: Options,
    a1: Params,
    a2: Window,
    a3: Size,
    a4: Point,
) -> None:
    return None
