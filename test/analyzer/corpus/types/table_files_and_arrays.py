# expect function python.take
# expect input a0 {"type": "file", "required": true}
# expect input a1 {"type": "file", "required": true}
# expect input a2 {"type": "file", "format": ["npy", "tif", "tiff", "png", "jpg", "jpeg", "zip"], "required": true}
# expect input a3 {"type": "file", "format": ["npy", "tif", "tiff", "png", "jpg", "jpeg", "zip"], "required": true}
# expect input a4 {"type": "file", "format": ["npy", "tif", "tiff", "png", "jpg", "jpeg", "zip"], "required": true}
# expect input a5 {"type": "file", "format": ["npy", "tif", "tiff", "png", "jpg", "jpeg", "zip"], "required": true}
# expect input a6 {"type": "file", "format": ["npy", "tif", "tiff", "png", "jpg", "jpeg", "zip"], "required": true}
# expect input a7 {"type": "file", "format": ["npy", "tif", "tiff", "png", "jpg", "jpeg", "zip"], "required": true}
# expect input a8 {"type": "file", "format": ["npy", "tif", "tiff", "png", "jpg", "jpeg", "zip"], "required": true}
# expect input a9 {"type": "file", "format": ["npy", "tif", "tiff", "png", "jpg", "jpeg", "zip"], "required": true}
# expect input a10 {"type": "array", "items": {"type": "file"}, "required": true}
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
    a0: bytes,
    a1: Path,
    a2: np.ndarray,
    a3: NDArray[np.uint8],
    a4: "cp.ndarray",
    a5: torch.Tensor,
    a6: tf.Tensor,
    a7: jax.Array,
    a8: jnp.ndarray,
    a9: cle.Array,
    a10: list[Path],
) -> None:
    return None
