"""The template image_threshold, as its text says it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shown_pixels import pixels_of

from callsheet_runner.handlers.image_threshold import image_threshold

DEFAULTS: dict[str, Any] = {"method": "otsu", "level": 128, "invert": False, "stack": "max"}
#: A third at 40, two thirds at 200.
TWO_LEVELS = np.where(np.arange(90) < 30, 40, 200).astype(np.uint8)[np.newaxis].repeat(20, axis=0)


def test_otsu_parts_two_levels_and_tells_level_and_share(make_job, png_file) -> None:
    job = make_job()
    result = image_threshold(DEFAULTS | {"image": png_file(TWO_LEVELS)}, job)
    assert 40 <= result["level"] < 200
    assert result["foreground_share"] == pytest.approx(2 / 3, abs=1e-6)
    mask = pixels_of(result["mask"])
    assert mask.dtype == np.uint8
    assert np.array_equal(mask, np.where(TWO_LEVELS == 200, 255, 0))
    assert [one["stage"] for one in job.said] == ["prepare", "execute", "finish"]


def test_the_mean_is_rounded_down_so_that_it_parts_as_the_exact_mean_does(make_job, png_file) -> None:
    result = image_threshold(DEFAULTS | {"image": png_file(np.array([[10, 11, 12, 14]], np.uint8)), "method": "mean"}, make_job())
    assert result["level"] == 11
    assert pixels_of(result["mask"]).tolist() == [[0, 0, 255, 255]]


def test_fixed_takes_pixels_above_the_level_and_invert_takes_the_others(make_job, png_file) -> None:
    ramp = png_file(np.arange(256, dtype=np.uint8)[np.newaxis])
    fixed = DEFAULTS | {"image": ramp, "method": "fixed", "level": 96}
    above, below = (image_threshold(fixed | {"invert": invert}, make_job()) for invert in (False, True))
    assert above["level"] == below["level"] == 96
    assert pixels_of(above["mask"]).tolist() == [[0] * 97 + [255] * 159]
    assert np.array_equal(pixels_of(below["mask"]), 255 - pixels_of(above["mask"]))
    assert above["foreground_share"] + below["foreground_share"] == pytest.approx(1)


def test_sixteen_bits_are_scaled_to_eight_and_colours_weighed_first(make_job, png_file) -> None:
    fixed = DEFAULTS | {"method": "fixed", "level": 100}
    deep = np.array([[100 * 257, 101 * 257, 65535]], np.uint16)
    assert pixels_of(image_threshold(fixed | {"image": png_file(deep)}, make_job())["mask"]).tolist() == [[0, 255, 255]]
    colours = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]]], np.uint8)
    assert pixels_of(image_threshold(fixed | {"image": png_file(colours)}, make_job())["mask"]).tolist() == [[0, 255, 0, 255]]


@settings(max_examples=80, deadline=None)
@given(
    height=st.integers(1, 30),
    width=st.integers(1, 30),
    channels=st.integers(1, 4),
    dtype=st.sampled_from([np.uint8, np.uint16]),
    most=st.sampled_from([0, 1, 20, 255]),
    method=st.sampled_from(["otsu", "mean"]),
    invert=st.booleans(),
    seed=st.integers(0, 1000),
)
def test_the_level_that_was_found_gives_the_same_mask_when_it_is_fixed(
    make_job, png_file, height, width, channels, dtype, most, method, invert, seed
) -> None:
    random = np.random.default_rng(seed)
    pixels = (random.integers(0, most, (height, width, channels), endpoint=True) * (np.iinfo(dtype).max // 255)).astype(dtype)
    inputs = DEFAULTS | {"image": png_file(pixels.squeeze(-1) if channels == 1 else pixels), "method": method, "invert": invert}
    found = image_threshold(inputs, make_job())
    again = image_threshold(inputs | {"method": "fixed", "level": found["level"]}, make_job())
    assert 0 <= found["level"] <= 255
    assert pixels_of(found["mask"]).shape == (height, width)
    assert found["mask"].read_bytes() == again["mask"].read_bytes()
    assert found["foreground_share"] == round(np.count_nonzero(pixels_of(found["mask"])) / (height * width), 6)
