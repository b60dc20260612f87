"""The template image_resize, as its text says it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from shown_pixels import pixels_of

from callsheet_runner.errors import InvalidInputsError, OutOfMemoryError
from callsheet_runner.handlers.image_resize import FILTERS, image_resize, resize, target_of
from callsheet_runner.handlers.picture.picture import Picture

random = np.random.default_rng(3)
DEFAULTS: dict[str, Any] = {"width": None, "height": None, "fit": "inside", "filter": "lanczos", "stack": "max"}
PHOTO = random.integers(0, 256, (60, 90, 3), np.uint8)


def test_a_missing_edge_follows_from_the_other(make_job, png_file) -> None:
    job = make_job()
    result = image_resize(DEFAULTS | {"image": png_file(PHOTO), "width": 30}, job)
    assert (result["width"], result["height"]) == (30, 20)
    assert pixels_of(result["image"]).shape == (20, 30, 3)
    assert result["image"].parent == job.output_dir
    result = image_resize(DEFAULTS | {"image": png_file(PHOTO), "height": 120}, make_job())
    assert (result["width"], result["height"]) == (180, 120)


@pytest.mark.parametrize(("fit", "size"), [("stretch", (40, 40)), ("inside", (40, 27)), ("cover", (40, 40))])
def test_with_both_edges_the_fit_decides(make_job, png_file, fit: str, size: tuple[int, int]) -> None:
    result = image_resize(DEFAULTS | {"image": png_file(PHOTO), "width": 40, "height": 40, "fit": fit}, make_job())
    assert (result["width"], result["height"]) == size
    assert pixels_of(result["image"]).shape == (size[1], size[0], 3)


def test_cover_keeps_the_middle_and_crops_the_rest(make_job, png_file) -> None:
    thirds = np.repeat(np.array([10, 128, 250], np.uint8), 30)[np.newaxis].repeat(30, axis=0)
    inputs = DEFAULTS | {"image": png_file(thirds), "width": 10, "height": 10, "fit": "cover", "filter": "nearest"}
    assert (pixels_of(image_resize(inputs, make_job())["image"]) == 128).all()


@pytest.mark.parametrize("name", FILTERS)
def test_eight_bits_are_what_pillow_makes_and_sixteen_bits_agree_with_them(make_job, png_file, name: str) -> None:
    inputs = DEFAULTS | {"width": 37, "height": 23, "fit": "stretch", "filter": name}
    # Away from black and white: of 8 bits Pillow cuts what swings beyond after each direction.
    mild = PHOTO // 2 + 64
    small = pixels_of(image_resize(inputs | {"image": png_file(mild)}, make_job())["image"])
    assert np.array_equal(small, np.asarray(Image.fromarray(mild).resize((37, 23), FILTERS[name])))
    deep = pixels_of(image_resize(inputs | {"image": png_file(mild.astype(np.uint16) * 257)}, make_job())["image"])
    assert deep.dtype == np.uint16
    assert np.abs(deep.astype(int) / 257 - small).max() <= 1


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_transparent_pixels_lend_no_colour_to_their_neighbours(make_job, png_file, dtype: type) -> None:
    full = np.iinfo(dtype).max
    pixels = np.zeros((8, 8, 4), dtype)
    pixels[:, :4] = (full, 0, 0, full)
    pixels[:, 4:] = (0, full, 0, 0)
    inputs = DEFAULTS | {"image": png_file(pixels), "width": 3, "height": 3, "fit": "stretch", "filter": "bilinear"}
    made = pixels_of(image_resize(inputs, make_job())["image"])
    seen = made[made[:, :, 3] > 0]
    assert len(seen) > 0
    assert (seen[:, 1] == 0).all()
    assert (seen[:, 0] > full * 0.98).all()


def test_the_same_inputs_give_the_same_bytes(make_job, png_file) -> None:
    inputs = DEFAULTS | {"image": png_file(PHOTO), "width": 50}
    first, second = (image_resize(inputs, make_job())["image"].read_bytes() for _ in range(2))
    assert first == second


def test_the_run_hears_how_far_it_is_and_sees_a_small_picture(make_job, png_file) -> None:
    job = make_job()
    image_resize(DEFAULTS | {"image": png_file(random.integers(0, 65536, (600, 900), np.uint16)), "width": 800}, job)
    assert [one["stage"] for one in job.said] == ["prepare", "execute", "finish"]
    preview = pixels_of(job.output_dir / job.said[-1]["preview"])
    assert preview.dtype == np.uint8
    assert max(preview.shape) == 256


def test_no_size_at_all_and_a_size_that_grows_too_large_are_refused(make_job, png_file) -> None:
    with pytest.raises(InvalidInputsError, match="give width, height or both"):
        image_resize(DEFAULTS | {"image": png_file(PHOTO)}, make_job())
    ribbon = png_file(np.zeros((2, 200), np.uint8))
    with pytest.raises(InvalidInputsError, match="200 x 2 would become 50000 x 500; an edge has at most 16384"):
        image_resize(DEFAULTS | {"image": ribbon, "height": 500}, make_job())


def test_a_result_that_does_not_fit_into_the_jobs_memory_asks_for_more(make_job, png_file) -> None:
    inputs = DEFAULTS | {"image": png_file(PHOTO), "width": 16384, "height": 16384, "fit": "stretch"}
    with pytest.raises(OutOfMemoryError, match="a picture of 16384 x 16384 needs about 2880 MB; the job has 2048 MB"):
        image_resize(inputs, make_job())


edge = st.integers(1, 60)


@settings(max_examples=150, deadline=None)
@given(
    height=edge,
    width=edge,
    channels=st.integers(1, 4),
    dtype=st.sampled_from([np.uint8, np.uint16]),
    to=st.tuples(st.none() | edge, st.none() | edge).filter(lambda pair: pair != (None, None)),
    fit=st.sampled_from(["stretch", "inside", "cover"]),
    name=st.sampled_from(sorted(FILTERS)),
)
def test_any_picture_takes_any_size_and_a_flat_one_stays_flat(height, width, channels, dtype, to, fit, name) -> None:
    values = np.array([40, 90, 140, 190][:channels]).astype(dtype) * (np.iinfo(dtype).max // 255)
    picture = Picture(np.broadcast_to(values, (height, width, channels)).copy())
    try:
        size, box = target_of((width, height), *to, fit)
    except InvalidInputsError:
        assert None in to
        return
    made = resize(picture, size, box, FILTERS[name])
    assert made.dtype == dtype
    assert made.shape == (size[1], size[0], channels)
    if None not in to and fit != "inside":
        assert size == to
    if None not in to and fit == "inside":
        assert size[0] <= to[0] and size[1] <= to[1] and (size[0] == to[0] or size[1] == to[1])
    # Alpha is mixed in and taken out again, which rounds.
    assert np.abs(made.astype(int) - values.astype(int)).max() <= 2
