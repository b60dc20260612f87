"""Files that were damaged on their way are read, or refused as such: never anything else."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import tifffile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from callsheet_runner.errors import InvalidInputsError, OutOfMemoryError
from callsheet_runner.handlers.picture.picture import Picture
from callsheet_runner.handlers.picture.read_picture import read_picture
from callsheet_runner.job import Job


def samples() -> dict[str, bytes]:
    """One small file of each kind."""
    random = np.random.default_rng(2)
    colour = random.integers(0, 256, (24, 32, 3), np.uint8)
    stack = random.integers(0, 65536, (3, 24, 32), np.uint16)
    made: dict[str, bytes] = {}
    for name, write in {
        "png": lambda file: Image.fromarray(colour).save(file, "PNG"),
        "png16": lambda file: Image.fromarray(stack[0]).save(file, "PNG"),
        "palette": lambda file: Image.fromarray(colour).quantize(16).save(file, "PNG", transparency=3),
        "jpeg": lambda file: Image.fromarray(colour).save(file, "JPEG"),
        "tiff": lambda file: tifffile.imwrite(file, stack, imagej=True),
        "lzw": lambda file: tifffile.imwrite(file, stack, photometric="minisblack", compression="lzw", bigtiff=True),
        "ome": lambda file: tifffile.imwrite(file, stack, photometric="minisblack", compression="zlib", ome=True),
        "photo tiff": lambda file: Image.fromarray(colour).convert("CMYK").save(file, "TIFF"),
    }.items():
        file = BytesIO()
        write(file)
        made[name] = file.getvalue()
    return made


SAMPLES = samples()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("broken")


@settings(max_examples=300, deadline=None)
@given(
    name=st.sampled_from(sorted(SAMPLES)),
    cut=st.none() | st.floats(0, 1),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=12),
    near_start=st.booleans(),
)
def test_a_damaged_file_is_read_or_refused(folder: Path, name: str, cut: float | None, changes: list, near_start: bool) -> None:
    content = bytearray(SAMPLES[name])
    # Headers are where a change tells most.
    reach = min(len(content), 400) if near_start else len(content)
    for place, value in changes:
        content[int(place * reach)] = value
    path = folder / "picture"
    path.write_bytes(content if cut is None else content[: int(cut * len(content))])
    try:
        picture = read_picture(path, Job(output_dir=folder))
    except (InvalidInputsError, OutOfMemoryError) as error:
        assert str(error)
        return
    assert isinstance(picture, Picture)
    assert picture.pixels.dtype in (np.uint8, np.uint16)
    assert picture.pixels.ndim == 3
    assert 1 <= picture.channels <= 4
