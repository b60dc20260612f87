"""Inputs as annotations ask for them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from function_call import FunctionCaller

from callsheet_runner.errors import InvalidInputsError

HEAD = """
import collections, dataclasses, datetime, decimal, enum, pathlib, typing, uuid
from collections.abc import Mapping, Sequence
from typing import *
import numpy as np
import pydantic

class Mode(enum.Enum):
    FAST = "fast"
    BEST = "best"

class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2

class Odd(enum.Enum):
    PAIR = (1, 2)
    WORD = "word"

@dataclasses.dataclass
class Point:
    x: float
    y: "float" = 0.0
    mode: Mode = Mode.FAST

@dataclasses.dataclass
class Line:
    points: list[Point]
    label: str | None = None

@dataclasses.dataclass
class Seeded:
    seed: dataclasses.InitVar[Mode]
    drawn: int = dataclasses.field(default=3, init=False)

    def __post_init__(self, seed):
        self.mode = seed

class Box(NamedTuple):
    low: Point
    size: int = 1

class Options(TypedDict, total=False):
    mode: Required[Mode]
    tags: set[str]

class Model(pydantic.BaseModel):
    mode: Mode
    count: int = pydantic.Field(default=1, ge=0)
    when: datetime.date | None = None

Seconds = NewType("Seconds", float)
Number = TypeVar("Number", bound=float)
"""


@pytest.mark.parametrize(
    ("annotation", "value", "expected"),
    [
        ("int", 3, "3"),
        ("float", 3, "3.0"),
        ("float", 0.5, "0.5"),
        ("bool", True, "True"),
        ("str", "x", "'x'"),
        ("str | None", None, "None"),
        ("Optional[float]", 2, "2.0"),
        ("int | float", 2, "2"),
        ("float | str", "2", "'2'"),
        ("Literal['a', 1]", 1, "1"),
        ("Mode", "best", "<Mode.BEST: 'best'>"),
        ("Mode", "BEST", "<Mode.BEST: 'best'>"),
        ("Level", 2, "<Level.HIGH: 2>"),
        ("Level", "HIGH", "<Level.HIGH: 2>"),
        ("Odd", "PAIR", "<Odd.PAIR: (1, 2)>"),
        ("Mode | None", "fast", "<Mode.FAST: 'fast'>"),
        ("Mode | int", 3, "3"),
        ("list[Mode]", ["fast", "best"], "[<Mode.FAST: 'fast'>, <Mode.BEST: 'best'>]"),
        ("Sequence[float]", [1, 2], "[1.0, 2.0]"),
        ("tuple[int, float]", [1, 2], "(1, 2.0)"),
        ("tuple[float, ...]", [1, 2], "(1.0, 2.0)"),
        ("tuple", [1, 2], "(1, 2)"),
        ("set[int]", [1], "{1}"),
        ("frozenset[str]", ["a"], "frozenset({'a'})"),
        ("collections.deque[int]", [1], "deque([1])"),
        ("set[int] | int", [1], "{1}"),
        ("dict[str, float]", {"a": 1}, "{'a': 1.0}"),
        ("dict[int, Mode]", {"4": "fast"}, "{4: <Mode.FAST: 'fast'>}"),
        ("Mapping[str, list[float]]", {"a": [1]}, "{'a': [1.0]}"),
        ("collections.Counter[str]", {"a": 2}, "Counter({'a': 2})"),
        ("Point", {"x": 1}, "Point(x=1.0, y=0.0, mode=<Mode.FAST: 'fast'>)"),
        ("Line", {"points": [{"x": 1, "mode": "best"}]}, "Line(points=[Point(x=1.0, y=0.0, mode=<Mode.BEST: 'best'>)], label=None)"),
        ("Seeded", {"seed": "best", "drawn": 3}, "Seeded(drawn=3)"),
        ("Box", {"low": {"x": 1}}, "Box(low=Point(x=1.0, y=0.0, mode=<Mode.FAST: 'fast'>), size=1)"),
        ("Options", {"mode": "fast", "tags": ["a"]}, "{'mode': <Mode.FAST: 'fast'>, 'tags': {'a'}}"),
        ("Model", {"mode": "BEST", "when": "2024-02-29"}, "Model(mode=<Mode.BEST: 'best'>, count=1, when=datetime.date(2024, 2, 29))"),
        ("Point | Model", {"mode": "fast", "count": 2}, "Model(mode=<Mode.FAST: 'fast'>, count=2, when=None)"),
        ("Annotated[float, 'kelvin']", 3, "3.0"),
        ("Seconds", 3, "3.0"),
        ("Number", 3, "3.0"),
        ("datetime.datetime", "2024-01-02T03:04:05Z", "datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)"),
        ("datetime.date", "2024-01-02", "datetime.date(2024, 1, 2)"),
        ("datetime.time", "03:04:05Z", "datetime.time(3, 4, 5, tzinfo=datetime.timezone.utc)"),
        ("datetime.timedelta", "P1DT2H0.5S", "datetime.timedelta(days=1, seconds=7200, microseconds=500000)"),
        ("uuid.UUID", "00000000-0000-0000-0000-000000000001", "UUID('00000000-0000-0000-0000-000000000001')"),
        ("decimal.Decimal", 0.1, "Decimal('0.1')"),
        ("Any", {"a": 1}, "{'a': 1}"),
        ("object", 1, "1"),
        ("'Mode'", "fast", "<Mode.FAST: 'fast'>"),
        ("'list[Mode]'", ["fast"], "[<Mode.FAST: 'fast'>]"),
        # What does not resolve is left as it is, and harms nobody else.
        ("'nowhere.Thing'", {"a": 1}, "{'a': 1}"),
        ("'not python ('", 1, "1"),
    ],
)
def test_a_value_becomes_what_its_annotation_says(functions: FunctionCaller, annotation: str, value: Any, expected: str) -> None:
    code = f"{HEAD}\ndef main(other: 'missing.Type', value: {annotation}, factor: float) -> str:\n    return repr(value) + repr(factor)"
    given = {"other": 1, "value": value, "factor": 2}
    assert functions.value(code, inputs=given) == f"{expected}2.0"
    # Annotations as texts make no difference.
    assert functions.value(f"from __future__ import annotations\n{code}", inputs=given) == f"{expected}2.0"


@pytest.mark.parametrize(
    ("annotation", "value", "said"),
    [
        ("Mode", "slow", "input /value: 'slow' is no Mode; there is FAST, BEST"),
        ("list[Mode]", ["fast", "slow"], "input /value/1: 'slow'"),
        ("Point", {"x": 1, "mode": "slow"}, "input /value/mode"),
        ("Point", {"y": 1}, "input /value: no Point can be made of it"),
        ("tuple[int, int]", [1], "2 items are needed; there are 1"),
        ("set[list[int]]", [[1]], "cannot be in a set"),
        ("Model", {"mode": "fast", "count": -1}, "greater than or equal to 0"),
        ("datetime.timedelta", "P1M", "no duration"),
        ("datetime.date", "2024-13-01", "input /value: "),
    ],
)
def test_a_value_that_cannot_become_that_is_refused_with_its_place(
    functions: FunctionCaller, annotation: str, value: Any, said: str
) -> None:
    with pytest.raises(InvalidInputsError) as refused:
        functions.value(f"{HEAD}\ndef main(value: {annotation}): return 1", inputs={"value": value})
    assert said in str(refused.value)


def test_files_are_paths_contents_or_arrays(functions: FunctionCaller, tmp_path: Path) -> None:
    text, array = tmp_path / "note.txt", tmp_path / "kernel.npy"
    text.write_bytes(b"note")
    np.save(array, np.array([1, 2], "int16"))
    code = f"""{HEAD}
import typing
if typing.TYPE_CHECKING:
    import torch
def main(a: pathlib.Path, b: bytes, c: bytearray | None, d: list[pathlib.Path], e: np.ndarray, f: "np.typing.NDArray[np.int16] | None",
         g: dict[str, bytes], h: str, i, j: "numpy.ndarray"):
    return [a.name, b.decode(), c.decode(), [one.name for one in d], e.tolist(), f.tolist(), g["x"].decode(), h, i.name, type(j).__name__]
"""
    note, kernel = functions.keep(text), functions.keep(array)
    inputs = {
        "a": note,
        "b": note,
        "c": note,
        "d": [note, kernel],
        "e": kernel,
        "f": kernel,
        "g": {"x": note},
        "h": note,
        "i": note,
        "j": kernel,
    }
    expected = ["note.txt", "note", "note", ["note.txt", "kernel.npy"], [1, 2], [1, 2], "note", note, "note.txt", "ndarray"]
    assert functions.value(code, inputs=inputs, files=[text, array]) == expected


def test_other_arrays_of_an_array_function_are_read_too(functions: FunctionCaller, tmp_path: Path) -> None:
    stack, kernel = tmp_path / "stack.npy", tmp_path / "kernel.npy"
    np.save(stack, np.ones((1, 2, 2), "float32"))
    np.save(kernel, np.array([2.0, 3.0], "float32"))
    code = "import jax\ndef main(image: 'jax.Array', kernel, other: 'jnp.ndarray'):\n    return image * kernel * jax.numpy.asarray(other)"
    inputs = {"image": functions.keep(stack), "kernel": functions.keep(kernel), "other": functions.keep(kernel)}
    made = functions.call(code, inputs, runtime="jax", shape="image", fields={"image": {"type": "file"}}, files=[stack, kernel])
    assert np.load(made["image"]).tolist() == [[[4.0, 9.0], [4.0, 9.0]]]


@pytest.mark.parametrize(
    ("signature", "inputs", "expected"),
    [
        ("a, /, b", {"a": 1, "b": 2}, [1, 2]),
        ("a, b=5, /", {"a": 1}, [1, 5]),
        ("a=1, b=2, /", {"b": 3}, [1, 3]),
        ("a, *, b", {"a": 1, "b": 2}, [1, 2]),
        ("a, b=7, *rest, **more", {"a": 1}, [1, 7]),
    ],
)
def test_every_kind_of_parameter_is_given(functions: FunctionCaller, signature: str, inputs: dict[str, int], expected: list[int]) -> None:
    assert functions.value(f"def main({signature}): return [a, b]", inputs=inputs) == expected


def test_a_needed_parameter_that_is_not_given_is_told(functions: FunctionCaller) -> None:
    with pytest.raises(InvalidInputsError, match="input a is needed"):
        functions.value("def main(a, /): return a")


def test_an_image_by_place_alone_and_parameters_of_the_function_s_own(functions: FunctionCaller, tmp_path: Path) -> None:
    np.save(tmp_path / "stack.npy", np.ones((2, 2, 2), "uint8"))
    result = functions.image("def main(image, gain, /): return image * gain", tmp_path / "stack.npy", gain=3)
    assert np.load(result).tolist() == [[[3, 3], [3, 3]]] * 2
    own = "def main(image, slice_by_slice='x', dtype_conversion='y'):\n    assert slice_by_slice == 'mine' and dtype_conversion == 'too'\n"
    own += "    return image * 1.5"
    result = functions.image(own, tmp_path / "stack.npy", slice_by_slice="mine", dtype_conversion="too")
    assert np.load(result).dtype == "float64"
