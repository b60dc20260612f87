"""The template image_segmentation, as its text says it."""

import json
from typing import Any

import numpy as np
import pytest
import tifffile
from hypothesis import given, settings
from hypothesis import strategies as st
from shown_pixels import pixels_of
from skimage.draw import disk

from callsheet_runner.errors import InvalidInputsError
from callsheet_runner.handlers.image_segment import image_segment

DEFAULTS: dict[str, Any] = {
    "threshold": None,
    "connectivity": 8,
    "min_area": 16,
    "smoothing": 0,
    "dark_objects": False,
    "stack": "max",
}


def cells(count: int, radius: int = 6) -> np.ndarray:
    """Bright discs in rows of eight on a noisy ground, as 16-bit floats from 0 to 1; none touches another."""
    field = np.zeros((8 + 20 * -(-count // 8), 168))
    for number in range(count):
        field[disk((14 + 20 * (number // 8), 14 + 20 * (number % 8)), radius)] = 0.6 + 0.04 * (number % 8)
    return np.clip(field + np.random.default_rng(count).normal(0.1, 0.02, field.shape), 0, 1)


@pytest.mark.parametrize("full", [255, 65535])
@pytest.mark.parametrize("count", [1, 7, 40])
def test_as_many_cells_are_found_as_there_are(make_job, png_file, count: int, full: int) -> None:
    pixels = (cells(count) * full).astype(np.uint8 if full == 255 else np.uint16)
    result = image_segment(DEFAULTS | {"image": png_file(pixels)}, make_job())
    labels = pixels_of(result["labels"])
    assert labels.dtype == np.uint16
    assert labels.shape == pixels.shape
    assert result["count"] == len(result["objects"]) == labels.max() == count
    assert [one["label"] for one in result["objects"]] == list(range(1, count + 1))
    for one in result["objects"]:
        assert one["area"] == np.count_nonzero(labels == one["label"]) == pytest.approx(113, abs=6)


def test_an_object_is_told_by_area_middle_and_box(make_job, png_file) -> None:
    pixels = np.zeros((40, 60), np.uint8)
    pixels[10:14, 20:30] = 255
    result = image_segment(DEFAULTS | {"image": png_file(pixels)}, make_job())
    assert result["objects"] == [{"label": 1, "area": 40, "centroid": [24.5, 11.5], "box": [20, 10, 10, 4]}]
    assert all(type(value) is int for value in result["objects"][0]["box"])
    json.dumps({"count": result["count"], "objects": result["objects"]})


def test_dark_objects_are_found_on_a_bright_ground_and_bright_ones_not_there(make_job, png_file) -> None:
    dark = (255 - cells(7) * 255).astype(np.uint8)
    assert image_segment(DEFAULTS | {"image": png_file(dark), "dark_objects": True}, make_job())["count"] == 7
    assert image_segment(DEFAULTS | {"image": png_file(dark), "min_area": 1000}, make_job())["count"] == 1


def test_a_corner_joins_two_objects_or_does_not(make_job, png_file) -> None:
    pixels = np.zeros((20, 20), np.uint8)
    pixels[2:7, 2:7] = pixels[7:12, 7:12] = 255
    picture = png_file(pixels)
    assert image_segment(DEFAULTS | {"image": picture, "connectivity": 8}, make_job())["count"] == 1
    assert image_segment(DEFAULTS | {"image": picture, "connectivity": 4}, make_job())["count"] == 2


def test_objects_below_the_least_area_are_left_out_and_the_others_numbered_without_gaps(make_job, png_file) -> None:
    pixels = np.zeros((30, 30), np.uint8)
    pixels[1:3, 1:3] = pixels[5:10, 5:10] = pixels[20:24, 20:24] = 255
    picture = png_file(pixels)
    areas = {least: image_segment(DEFAULTS | {"image": picture, "min_area": least}, make_job())["objects"] for least in (1, 16, 17, 26)}
    assert {least: [(one["label"], one["area"]) for one in found] for least, found in areas.items()} == {
        1: [(1, 4), (2, 25), (3, 16)],
        16: [(1, 25), (2, 16)],
        17: [(1, 25)],
        26: [],
    }


def test_a_threshold_is_a_brightness_that_itself_counts(make_job, png_file) -> None:
    ramp = png_file(np.arange(256, dtype=np.uint8)[np.newaxis])

    def area(**given: Any) -> int:
        found = image_segment(DEFAULTS | {"image": ramp, "min_area": 1} | given, make_job())["objects"]
        return sum(one["area"] for one in found)

    assert area(threshold=0.4) == 256 - 102
    assert area(threshold=0.4, dark_objects=True) == 103
    assert area(threshold=1) == 1
    assert area(threshold=0) == 256


def test_smoothing_joins_what_noise_has_torn(make_job, png_file) -> None:
    torn = (cells(8) > 0.4) & (np.random.default_rng(1).random((28, 168)) > 0.3)
    picture = png_file(np.where(torn, 255, 0).astype(np.uint8))
    assert image_segment(DEFAULTS | {"image": picture, "min_area": 1, "connectivity": 4}, make_job())["count"] > 8
    assert image_segment(DEFAULTS | {"image": picture, "smoothing": 4, "connectivity": 4}, make_job())["count"] == 8


def test_cells_of_a_stack_are_found_in_its_brightest_projection(make_job, tmp_path) -> None:
    focus = np.arange(7) % 3
    stack = np.stack([(cells(7) * 60000).astype(np.uint16)] * 3)
    for z in range(3):
        for number in np.flatnonzero(focus != z):
            stack[z][disk((14, 14 + 20 * number), 9)] = 6000
    tifffile.imwrite(tmp_path / "stack", stack, imagej=True, metadata={"axes": "ZYX"})
    assert image_segment(DEFAULTS | {"image": tmp_path / "stack"}, make_job())["count"] == 7
    assert image_segment(DEFAULTS | {"image": tmp_path / "stack", "stack": "first"}, make_job())["count"] == 3


@pytest.mark.parametrize("dark", [False, True])
def test_a_flat_picture_has_no_objects(make_job, png_file, dark: bool) -> None:
    result = image_segment(DEFAULTS | {"image": png_file(np.full((20, 20), 90, np.uint8)), "dark_objects": dark}, make_job())
    assert (result["count"], result["objects"]) == (0, [])
    assert not pixels_of(result["labels"]).any()


def test_more_objects_than_can_be_numbered_or_listed_are_refused_with_what_to_do(make_job, png_file) -> None:
    dots = np.zeros((600, 600), np.uint8)
    dots[::2, ::2] = 255
    with pytest.raises(InvalidInputsError, match="there are 90000 objects; at most 65535 can be numbered: raise min_area"):
        image_segment(DEFAULTS | {"image": png_file(dots), "min_area": 1}, make_job())
    with pytest.raises(InvalidInputsError, match="the list of 62500 objects is larger than a run's outputs may be"):
        image_segment(DEFAULTS | {"image": png_file(dots[:500, :500]), "min_area": 1}, make_job())


@settings(max_examples=60, deadline=None)
@given(
    height=st.integers(1, 40),
    width=st.integers(1, 40),
    channels=st.integers(1, 4),
    connectivity=st.sampled_from([4, 8]),
    min_area=st.integers(1, 20),
    smoothing=st.integers(0, 15),
    threshold=st.none() | st.floats(0, 1),
    dark=st.booleans(),
    seed=st.integers(0, 1000),
)
def test_list_and_labels_tell_the_same_of_any_picture(
    make_job, png_file, height, width, channels, connectivity, min_area, smoothing, threshold, dark, seed
) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, channels), np.uint8)
    inputs = {
        "image": png_file(pixels.squeeze(-1) if channels == 1 else pixels),
        "connectivity": connectivity,
        "min_area": min_area,
        "smoothing": smoothing,
        "threshold": threshold,
        "dark_objects": dark,
    }
    result = image_segment(DEFAULTS | inputs, make_job())
    labels = pixels_of(result["labels"])
    assert labels.shape == (height, width)
    assert sorted(set(np.unique(labels)) - {0}) == [one["label"] for one in result["objects"]]
    for one in result["objects"]:
        left, top, across, down = one["box"]
        assert one["area"] >= min_area
        assert one["area"] == np.count_nonzero(labels[top : top + down, left : left + across] == one["label"])
        assert left <= one["centroid"][0] <= left + across - 1 or across == 1
