"""The template image_denoising, as its text says it."""

from typing import Any

import numpy as np
import pytest
import tifffile
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage
from shown_pixels import pixels_of

from callsheet_runner.handlers.image_denoise import image_denoise
from callsheet_runner.handlers.picture import filters
from callsheet_runner.handlers.picture.picture import Picture

random = np.random.default_rng(5)
DEFAULTS: dict[str, Any] = {"method": "median", "radius": 1, "strength": 1, "stack": "max"}
RAMP = np.add.outer(np.arange(120), np.arange(160)) * 0.6 + 30
NOISY = np.clip(RAMP + random.normal(0, 10, RAMP.shape), 0, 255).astype(np.uint8)


def test_salt_and_pepper_is_gone_after_a_median(make_job, png_file) -> None:
    clean = np.full((64, 64), 100, np.uint8)
    speckled = clean.copy()
    speckled[5::9, 4::7] = 255
    speckled[2::9, 1::7] = 0
    result = image_denoise(DEFAULTS | {"image": png_file(speckled)}, make_job())
    assert np.array_equal(pixels_of(result["image"]), clean)
    assert result["noise_after"] == 0


@pytest.mark.parametrize("method", ["median", "mean", "gaussian"])
@pytest.mark.parametrize("depth", [1, 257])
def test_every_method_lowers_the_noise_and_says_how_much_there_was(make_job, png_file, method: str, depth: int) -> None:
    noisy = NOISY if depth == 1 else NOISY.astype(np.uint16) * 257
    result = image_denoise(DEFAULTS | {"image": png_file(noisy), "method": method, "radius": 2}, make_job())
    made = pixels_of(result["image"])
    assert made.dtype == noisy.dtype
    assert made.shape == noisy.shape
    assert result["noise_before"] == pytest.approx(10 / 255, rel=0.1)
    assert 0 <= result["noise_after"] < result["noise_before"] / 3
    assert np.std(made / depth - RAMP) < np.std(NOISY - RAMP) / 2


def test_strength_is_the_share_of_the_filtered_picture(make_job, png_file) -> None:
    picture = png_file(NOISY)

    def with_strength(strength: float) -> np.ndarray:
        return pixels_of(image_denoise(DEFAULTS | {"image": picture, "strength": strength}, make_job())["image"]).astype(float)

    assert np.array_equal(with_strength(0), NOISY)
    assert np.abs(with_strength(0.25) - (0.75 * NOISY + 0.25 * with_strength(1))).max() <= 0.51


def test_colours_are_filtered_and_alpha_is_left_alone(make_job, png_file) -> None:
    pixels = random.integers(0, 256, (40, 50, 4), np.uint8)
    made = pixels_of(image_denoise(DEFAULTS | {"image": png_file(pixels)}, make_job())["image"])
    assert np.array_equal(made[:, :, 3], pixels[:, :, 3])
    for channel in range(3):
        assert np.array_equal(made[:, :, channel], ndimage.median_filter(pixels[:, :, channel], size=3, mode="reflect"))


def test_a_microscopes_stack_is_denoised_as_its_projection(make_job, tmp_path) -> None:
    stack = np.zeros((4, 32, 32), np.uint16)
    for z in range(4):
        stack[z, 8 * z : 8 * z + 6] = 1000 * (z + 1)
    tifffile.imwrite(tmp_path / "stack", stack, imagej=True, metadata={"axes": "ZYX"})
    made = pixels_of(image_denoise(DEFAULTS | {"image": tmp_path / "stack"}, make_job())["image"])
    assert np.array_equal(made, stack.max(0))


def test_a_run_in_blocks_gives_what_one_piece_gives_and_tells_each_block(make_job, png_file, monkeypatch) -> None:
    inputs = DEFAULTS | {"image": png_file(NOISY), "radius": 3, "method": "gaussian"}
    whole = image_denoise(inputs, make_job())["image"].read_bytes()
    monkeypatch.setattr("callsheet_runner.handlers.picture.picture.BLOCK_PIXELS", 1000)
    job = make_job()
    assert image_denoise(inputs, job)["image"].read_bytes() == whole
    told = [one["fraction"] for one in job.said if one["stage"] == "execute"]
    assert told == [pytest.approx(rows / 120) for rows in (24, 48, 72, 96, 120)]


@settings(max_examples=80, deadline=None)
@given(
    height=st.integers(1, 24),
    width=st.integers(1, 24),
    radius=st.integers(1, 15),
    different=st.sampled_from([1, 4, 200, 60000]),
    dtype=st.sampled_from([np.uint8, np.uint16]),
    seed=st.integers(0, 1000),
)
def test_every_filter_looks_at_a_square_window_with_mirrored_edges(height, width, radius, different, dtype, seed) -> None:
    most = min(different, int(np.iinfo(dtype).max))
    channel = np.random.default_rng(seed).integers(0, most, (height, width), endpoint=True).astype(dtype)
    edge = 2 * radius + 1
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(channel, radius, mode="symmetric"), (edge, edge))
    assert np.array_equal(filters.median(channel, radius), np.median(windows, axis=(2, 3)))
    assert filters.median(channel, radius).dtype == dtype
    assert filters.mean(channel, radius) == pytest.approx(windows.mean(axis=(2, 3)), rel=1e-4, abs=1e-3)
    line = np.exp(-0.5 * (np.arange(-radius, radius + 1) / (radius / 2)) ** 2)
    weights = np.outer(line, line) / line.sum() ** 2
    assert filters.blur(channel, radius) == pytest.approx((windows * weights).sum(axis=(2, 3)), rel=1e-4, abs=1e-3)


@settings(max_examples=60, deadline=None)
@given(
    height=st.integers(1, 20), width=st.integers(1, 20), channels=st.integers(1, 4), method=st.sampled_from(["median", "mean", "gaussian"])
)
def test_pictures_of_any_size_are_denoised_and_flat_ones_have_no_noise(make_job, png_file, height, width, channels, method) -> None:
    flat = np.full((height, width, channels), 77, np.uint8)
    result = image_denoise(DEFAULTS | {"image": png_file(flat.squeeze(-1) if channels == 1 else flat), "method": method}, make_job())
    assert np.array_equal(Picture(flat).pixels.squeeze(), pixels_of(result["image"]).squeeze())
    assert result["noise_before"] == result["noise_after"] == 0
