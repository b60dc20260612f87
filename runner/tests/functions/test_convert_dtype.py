"""What becomes of a result's numbers."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from callsheet.convert_dtype import DTYPE_CONVERSIONS, CannotHold, convert_dtype

ASKED = [one for one in DTYPE_CONVERSIONS if one not in ("preserve", "native")]
WHOLE = ["uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64"]
numbers = st.sampled_from([*WHOLE, "float16", "float32", "float64", "bool"])


@pytest.mark.parametrize(
    ("values", "dtype", "asked", "expected"),
    [
        # Rounded to the nearest, halves to even; clipped, never wrapped, never rescaled.
        ([0.4, 0.5, 1.5, 2.6, -3.0, 255.4, 300.0], "float64", "uint8", [0, 0, 2, 3, 0, 255, 255]),
        ([0.0, 1.0, 70000.0, np.inf, -np.inf], "float32", "uint16", [0, 1, 65535, 65535, 0]),
        ([-40000.0, 40000.0, -0.5], "float64", "int16", [-32768, 32767, 0]),
        ([2147483647.0, 2147483648.0, -3e9], "float64", "int32", [2147483647, 2147483647, -2147483648]),
        ([2147483520.0, 2147483648.0], "float32", "int32", [2147483520, 2147483647]),
        ([300, -5, 7], "int64", "uint8", [255, 0, 7]),
        ([255, 0], "uint8", "int16", [255, 0]),
        ([2**63], "uint64", "int32", [2147483647]),
        ([True, False], "bool", "uint8", [1, 0]),
        ([0.1, 3.0], "float64", "float32", [np.float32(0.1), 3.0]),
        ([7, 8], "uint8", "float64", [7.0, 8.0]),
        ([1e300], "float64", "float32", [np.inf]),
    ],
)
def test_values_are_kept_as_well_as_the_type_can(values: list[float], dtype: str, asked: str, expected: list[float]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        converted = convert_dtype(np.array(values, dtype), asked, np.dtype("uint8"))
    assert converted.dtype == asked and converted.tolist() == expected


def test_what_cannot_be_held_is_refused() -> None:
    with pytest.raises(CannotHold, match="2 times NaN, which uint8"):
        convert_dtype(np.array([np.nan, 1, np.nan]), "preserve", np.dtype("uint8"))
    with pytest.raises(CannotHold, match="complex"):
        convert_dtype(np.array([1j]), "float32", np.dtype("uint8"))
    assert np.isnan(convert_dtype(np.array([np.nan]), "float32", np.dtype("uint8"))).all()


@given(st.data(), numbers, numbers, st.sampled_from(DTYPE_CONVERSIONS))
def test_any_numbers_come_back_in_the_type_that_was_asked_for(data: st.DataObject, of: str, original: str, asked: str) -> None:
    array = data.draw(hnp.arrays(of, hnp.array_shapes(max_dims=3, max_side=4), elements=hnp.from_dtype(np.dtype(of), allow_nan=False)))
    converted = convert_dtype(array, asked, np.dtype(original))
    target = {"preserve": np.dtype(original), "native": np.dtype(of)}.get(asked) or np.dtype(asked)
    assert converted.dtype == target and converted.shape == array.shape
    if target.kind in "iu":
        ends = np.iinfo(target)
        nearest = [min(max(round(value) if np.isfinite(value) else value, ends.min), ends.max) for value in array.ravel().tolist()]
        assert converted.ravel().tolist() == nearest


@given(st.data(), st.sampled_from([*WHOLE, "float32", "float64", "bool"]))
def test_numbers_that_come_back_unchanged_are_preserved_exactly(data: st.DataObject, of: str) -> None:
    array = data.draw(hnp.arrays(of, hnp.array_shapes(max_dims=3, max_side=5)))
    assert convert_dtype(array, "preserve", array.dtype) is array
    # Through a wider type and back: as most functions calculate.
    wide = array.astype("float64") if of in ("uint8", "uint16", "uint32", "int8", "int16", "int32", "float32") else array
    assert np.array_equal(convert_dtype(wide, "preserve", array.dtype), array, equal_nan=of.startswith("float"))
