"""What a function returns, as outputs."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from function_call import FunctionCaller
from hypothesis import given, settings
from hypothesis import strategies as st
from test_inputs import HEAD

from callsheet_runner.child.parse_duration import parse_duration, write_duration
from callsheet_runner.errors import InvalidOutputsError


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1", 1),
        ("1.5", 1.5),
        ("True", True),
        ("None", None),
        ("'x'", "x"),
        ("np.int64(3)", 3),
        ("np.float32(0.5)", 0.5),
        ("np.bool_(True)", True),
        ("np.str_('x')", "x"),
        ("np.arange(3)", [0, 1, 2]),
        ("np.array(2.5)", 2.5),
        ("Mode.FAST", "fast"),
        ("Level.HIGH", 2),
        ("Odd.PAIR", "PAIR"),
        ("Odd.WORD", "WORD"),
        ("[1, (2, 3)]", [1, [2, 3]]),
        ("{3, 1, 2}", [1, 2, 3]),
        ("{'b', 'a', 1}", [1, "a", "b"]),
        ("frozenset({Mode.FAST, Mode.BEST})", ["best", "fast"]),
        ("collections.deque([1])", [1]),
        ("range(3)", [0, 1, 2]),
        ("{'a': np.float64(1), 2: {Mode.FAST: 3}}", {"a": 1.0, "2": {"fast": 3}}),
        ("Point(1.0)", {"x": 1.0, "y": 0.0, "mode": "fast"}),
        ("[Line([Point(1.0)])]", [{"points": [{"x": 1.0, "y": 0.0, "mode": "fast"}], "label": None}]),
        ("Box(Point(1.0), 2)", {"low": {"x": 1.0, "y": 0.0, "mode": "fast"}, "size": 2}),
        ("Model(mode=Mode.FAST)", {"mode": "fast", "count": 1, "when": None}),
        ("datetime.datetime(2024, 1, 2, 3)", "2024-01-02T03:00:00Z"),
        ("datetime.datetime(2024, 1, 2, 3, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))", "2024-01-02T03:00:00+02:00"),
        ("datetime.date(2024, 1, 2)", "2024-01-02"),
        ("datetime.time(3, 4)", "03:04:00Z"),
        ("datetime.timedelta(days=1, seconds=2.5)", "P1DT2.5S"),
        ("uuid.UUID(int=1)", "00000000-0000-0000-0000-000000000001"),
        ("decimal.Decimal('0.5')", 0.5),
        ("__import__('fractions').Fraction(1, 4)", 0.25),
    ],
)
def test_what_it_returns_is_told_in_json(functions: FunctionCaller, expression: str, expected: Any) -> None:
    result = functions.value(f"{HEAD}\ndef main(): return {expression}")
    assert result == expected and type(result) is type(expected)
    json.dumps(result, allow_nan=False)


def test_the_interface_decides_where_a_value_can_be_told_in_two_ways(functions: FunctionCaller) -> None:
    told = functions.call(f"{HEAD}\ndef main(): return decimal.Decimal('0.10')", fields={"result": {"type": "string"}})
    assert told == {"result": "0.10"}
    told = functions.call(f"{HEAD}\ndef main(): return Box(1, 2)", fields={"result": {"type": "array", "items": {"type": "integer"}}})
    assert told == {"result": [1, 2]}


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("float('nan')", "/result is nan, which JSON cannot say"),
        ("[1, -math.inf]", "/result/1 is -inf"),
        ("np.array([1, np.nan])", "/result/1 is nan"),
        ("{'a': {'b': object()}}", "/result/a/b is a object, which JSON cannot say"),
        ("1j", "/result is a complex"),
        ("b'bytes'", "/result is a bytes"),
        ("pathlib.Path('x')", "its annotation must say Path"),
        ("endless()", "does it contain itself"),
        ("datetime.timedelta(seconds=-1)", "negative"),
        ("(x for x in 'ab')", "generator"),
        ("lambda: 1", "/result is a function"),
    ],
)
def test_what_cannot_be_told_is_refused_with_its_place(functions: FunctionCaller, expression: str, said: str) -> None:
    code = f"import math\n{HEAD}\ndef endless():\n    a = []\n    a.append(a)\n    return a\ndef main(): return {expression}"
    with pytest.raises(InvalidOutputsError) as refused:
        functions.value(code)
    assert said in str(refused.value)


@pytest.mark.parametrize("body", ["yield 1", "return (yield)"])
@pytest.mark.parametrize("kind", ["def", "async def"])
def test_generators_are_refused_before_they_are_called(functions: FunctionCaller, kind: str, body: str) -> None:
    if (kind, body) == ("async def", "return (yield)"):
        body = "yield 2"
    with pytest.raises(InvalidOutputsError, match="generator"):
        functions.value(f"{kind} main():\n    {body}")


@pytest.mark.parametrize(
    ("shape", "names", "expression", "expected"),
    [
        ("nothing", [], "7", {}),
        ("value", ["result"], "(1, 2)", {"result": [1, 2]}),
        ("tuple", ["low", "high"], "(1, 2)", {"low": 1, "high": 2}),
        ("tuple", ["low", "high"], "[1, None]", {"low": 1, "high": None}),
        ("fields", ["x", "y", "mode"], "Point(1.0)", {"x": 1.0, "y": 0.0, "mode": "fast"}),
        ("fields", ["low", "size"], "Box(Point(1.0), 2)", {"low": {"x": 1.0, "y": 0.0, "mode": "fast"}, "size": 2}),
        ("fields", ["mode", "count", "when"], "Model(mode=Mode.BEST)", {"mode": "best", "count": 1, "when": None}),
        ("fields", ["a", "b"], "{'a': 1}", {"a": 1}),
    ],
)
def test_each_shape_of_returns_gives_its_outputs(
    functions: FunctionCaller, shape: str, names: list[str], expression: str, expected: dict[str, Any]
) -> None:
    assert functions.call(f"{HEAD}\ndef main(): return {expression}", shape=shape, names=names) == expected


@pytest.mark.parametrize(
    ("shape", "names", "expression", "said"),
    [
        ("tuple", ["low", "high"], "(1, 2, 3)", "returned 3 values; its source promises 2: low, high"),
        ("tuple", ["low", "high"], "(1,)", "returned 1 value;"),
        ("tuple", ["low", "high"], "5", "returned a int; its source promises a tuple (low, high)"),
        ("fields", ["a"], "[1]", "returned a list; its source promises an object with a"),
        ("fields", ["a"], "None", "returned None; its"),
        ("fields", ["a"], "{'a': 1, 'b': 2}", "the key b, which is none of its outputs: a"),
    ],
)
def test_a_result_of_another_shape_is_refused(functions: FunctionCaller, shape: str, names: list[str], expression: str, said: str) -> None:
    with pytest.raises(InvalidOutputsError) as refused:
        functions.call(f"def main(): return {expression}", shape=shape, names=names)
    assert said in str(refused.value)


def test_metadata_and_other_arrays_come_beside_the_image(functions: FunctionCaller, tmp_path: Path) -> None:
    np.save(tmp_path / "stack.npy", np.arange(8, dtype="uint8").reshape(2, 2, 2))
    code = """
import numpy as np
def main(image, threshold: float = 3):
    mask = image > threshold
    return image * mask, {"mean": image.mean(), "counts": mask.sum(axis=(1, 2))}, mask, np.eye(3)
"""
    fields = {"image": {"type": "file"}, "metadata": {"type": "object"}, "mask": {"type": "file"}, "matrix": {"type": "file"}}
    inputs = {"image": functions.keep(tmp_path / "stack.npy"), "threshold": 4}
    made = functions.call(code, inputs, runtime="numpy", shape="image", names=list(fields), fields=fields, files=[tmp_path / "stack.npy"])
    assert made["metadata"] == {"mean": 3.5, "counts": [0, 3]}
    assert np.load(made["image"]).dtype == "uint8" and np.load(made["mask"]).dtype == "bool"
    assert np.load(made["matrix"]).tolist() == np.eye(3).tolist()
    # A function may leave its metadata out.
    plain = functions.call("def main(image): return image", {"image": inputs["image"]}, runtime="numpy", shape="image",
                           names=["image", "metadata"], fields=fields, files=[tmp_path / "stack.npy"])  # fmt: skip
    assert list(plain) == ["image"]
    sliced = functions.call(code, {**inputs, "slice_by_slice": True}, runtime="numpy", shape="image", names=["image", "metadata", "a", "b"],
                            fields={"image": fields["image"]}, files=[tmp_path / "stack.npy"])  # fmt: skip
    assert sliced["metadata"] == {"mean": [1.5, 5.5], "counts": [[0], [3]]}


def test_bytes_paths_and_arrays_become_files(functions: FunctionCaller, tmp_path: Path) -> None:
    code = f"""
import numpy as np, tempfile
from pathlib import Path
def main(given: Path):
    Path("own.csv").write_text("own")
    elsewhere = Path({str(tmp_path)!r}) / "elsewhere.txt"
    elsewhere.write_text("elsewhere")
    return {{"a": b"bytes", "b": Path("own.csv"), "c": elsewhere, "d": given, "e": np.arange(2), "f": [b"1", b"2"], "g": None}}
"""
    (tmp_path / "given.txt").write_text("given")
    file = {"type": "file"}
    fields = {
        "a": {**file, "format": ["zip"]},
        "b": file,
        "c": file,
        "d": file,
        "e": file,
        "f": {"type": "array", "items": file},
        "g": file,
    }
    import os

    before = Path.cwd()
    os.chdir(functions.output_dir)
    try:
        made = functions.call(
            code, {"given": functions.keep(tmp_path / "given.txt")}, shape="fields", fields=fields, files=[tmp_path / "given.txt"]
        )
    finally:
        os.chdir(before)
    assert made["a"].name == "a.zip" and made["a"].read_bytes() == b"bytes"
    assert [made[name].read_text() for name in "bcd"] == ["own", "elsewhere", "given"]
    assert np.load(made["e"]).tolist() == [0, 1]
    assert [path.read_bytes() for path in made["f"]] == [b"1", b"2"] and made["g"] is None
    assert all(made[name].is_relative_to(functions.output_dir) for name in "abcde")
    with pytest.raises(InvalidOutputsError, match="there is no such file"):
        functions.call("from pathlib import Path\ndef main(): return Path('gone')", fields={"result": file})
    with pytest.raises(InvalidOutputsError, match="an array, bytes or a path is needed"):
        functions.call("def main(): return 5", fields={"result": file})


@given(st.timedeltas(min_value=parse_duration("PT0S"), max_value=parse_duration("P100000D")))
@settings(max_examples=200)
def test_durations_come_back_as_they_were(duration: Any) -> None:
    assert math.isclose(parse_duration(write_duration(duration)).total_seconds(), duration.total_seconds(), abs_tol=1e-6)
