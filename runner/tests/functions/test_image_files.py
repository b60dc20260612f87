"""Image files in, image files out: real files of every format."""

import zipfile
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
import tifffile
import zarr
from function_call import FunctionCaller
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image
from zarr.storage import ZipStore

from callsheet_runner.errors import InvalidInputsError, InvalidOutputsError, OutOfMemoryError

SAME = "def main(image):\n    return image"
STACK = np.arange(2 * 3 * 4, dtype="uint16").reshape(2, 3, 4) * 100


def shape_seen(functions: FunctionCaller, file: Path) -> tuple[int, ...]:
    code = "def main(image):\n    print(image.shape)\n    return image, {'shape': list(image.shape), 'dtype': str(image.dtype)}"
    made = functions.call(
        code, {"image": functions.keep(file)}, runtime="numpy", shape="image", names=["image", "metadata"], fields=FILE, files=[file]
    )
    return tuple(made["metadata"]["shape"])


FILE = {"image": {"type": "file", "format": ["npy", "tif", "tiff", "png"]}, "metadata": {"type": "object"}}


def written_png(path: Path, pixels: np.ndarray) -> Path:
    path.write_bytes(imagecodecs.png_encode(np.ascontiguousarray(pixels)))
    return path


@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
@pytest.mark.parametrize(("shape", "seen"), [((3, 4), (1, 3, 4)), ((3, 4, 2), (2, 3, 4)), ((3, 4, 3), (3, 3, 4)), ((3, 4, 4), (4, 3, 4))])
def test_a_png_has_its_colours_first_and_comes_back_as_it_was(
    functions: FunctionCaller, tmp_path: Path, dtype: str, shape: tuple[int, ...], seen: tuple[int, ...]
) -> None:
    pixels = (np.arange(np.prod(shape)) * 1021 % 65521).astype(dtype).reshape(shape)
    file = written_png(tmp_path / "photo.png", pixels)
    assert shape_seen(functions, file) == seen
    result = functions.image(SAME, file)
    assert result.name == "image.png"
    assert np.array_equal(imagecodecs.png_decode(result.read_bytes()), pixels)


def test_a_jpeg_comes_back_as_png_since_it_would_not_keep_the_values(functions: FunctionCaller, tmp_path: Path) -> None:
    Image.fromarray(np.full((8, 8, 3), 77, "uint8")).save(tmp_path / "photo.jpg")
    result = functions.image("def main(image):\n    return image[:1]", tmp_path / "photo.jpg")
    assert result.name == "image.png" and Image.open(result).mode == "L"


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "int16", "uint32", "float32", "float64", ">u2", ">f4"])
@pytest.mark.parametrize(
    ("shape", "axes", "seen"),
    [
        ((5, 6), "YX", (1, 5, 6)),
        ((2, 5, 6), "CYX", (2, 5, 6)),
        ((7, 5, 6), "ZYX", (7, 5, 6)),
        ((2, 3, 5, 6), "ZCYX", (6, 5, 6)),
        ((5, 6, 3), "YXS", (3, 5, 6)),
        ((2, 5, 6, 3), "ZYXS", (6, 5, 6)),
    ],
)
def test_a_tiff_gives_all_its_planes_and_comes_back_as_it_was(
    functions: FunctionCaller, tmp_path: Path, dtype: str, shape: tuple[int, ...], axes: str, seen: tuple[int, ...]
) -> None:
    values = np.arange(np.prod(shape)).astype(dtype).reshape(shape)
    photometric = "rgb" if axes.endswith("S") else "minisblack"
    tifffile.imwrite(tmp_path / "stack.tiff", values, photometric=photometric, metadata={"axes": axes})
    assert shape_seen(functions, tmp_path / "stack.tiff") == seen
    result = functions.image(SAME, tmp_path / "stack.tiff")
    assert result.name == "image.tiff"
    with tifffile.TiffFile(result) as tiff:
        assert (tiff.series[0].axes, tiff.series[0].shape) == (axes, shape)
        assert np.array_equal(tiff.series[0].asarray(), values)


@given(
    st.data(),
    st.sampled_from(["uint8", "int16", "uint32", "int64", "uint64", "float16", "float32", "float64", "bool", "complex64"]),
    hnp.array_shapes(min_dims=2, max_dims=4, max_side=4),
)
@settings(max_examples=60, deadline=None)
def test_a_npy_file_comes_back_with_the_same_numbers_type_and_shape(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, dtype: str, shape: tuple[int, ...]
) -> None:
    folder = tmp_path_factory.mktemp("npy")
    values = data.draw(hnp.arrays(dtype, shape))
    np.save(folder / "stack.npy", values)
    result = FunctionCaller(folder).image(SAME, folder / "stack.npy")
    assert result.name == "image.npy"
    back = np.load(result)
    assert back.dtype == values.dtype and np.array_equal(back, values, equal_nan=dtype not in ("bool",) and values.dtype.kind in "fc")


@pytest.mark.parametrize("zarr_format", [2, 3])
@pytest.mark.parametrize("inside", ["", "photo.zarr"])
def test_a_zipped_zarr_store_gives_its_array(functions: FunctionCaller, tmp_path: Path, zarr_format: int, inside: str) -> None:
    with ZipStore(tmp_path / "photo.zarr.zip", mode="w") as store:
        array = zarr.create_array(store, name=inside or None, shape=STACK.shape, chunks=(1, 2, 4), dtype="uint16", zarr_format=zarr_format)
        array[:] = STACK
    assert shape_seen(functions, tmp_path / "photo.zarr.zip") == (2, 3, 4)
    result = functions.image(SAME, tmp_path / "photo.zarr.zip")
    assert result.name == "image.tif" and np.array_equal(tifffile.imread(result), STACK)


@pytest.mark.parametrize("zarr_format", [2, 3])
def test_an_ome_zarr_gives_its_full_resolution(functions: FunctionCaller, tmp_path: Path, zarr_format: int) -> None:
    multiscales = [{"datasets": [{"path": "full"}, {"path": "half"}]}]
    with ZipStore(tmp_path / "cells.zip", mode="w") as store:
        attributes = {"ome": {"multiscales": multiscales}} if zarr_format == 3 else {"multiscales": multiscales}
        group = zarr.open_group(store, mode="w", zarr_format=zarr_format, attributes=attributes)
        group.create_array("half", shape=(2, 1, 2), dtype="uint16")
        group.create_array("full", shape=STACK.shape, dtype="uint16")[:] = STACK
    assert np.array_equal(tifffile.imread(functions.image(SAME, tmp_path / "cells.zip")), STACK)


def test_zips_without_one_array_are_refused(functions: FunctionCaller, tmp_path: Path) -> None:
    with ZipStore(tmp_path / "two.zip", mode="w") as store:
        group = zarr.open_group(store, mode="w")
        for name in ("left", "right"):
            group.create_array(name, shape=(1, 2, 2), dtype="uint8")
    with pytest.raises(InvalidInputsError, match=r"group of (left, right|right, left)"):
        functions.image(SAME, tmp_path / "two.zip")
    with zipfile.ZipFile(tmp_path / "plain.zip", "w") as whole:
        whole.writestr("readme.txt", "no store")
    with pytest.raises(InvalidInputsError, match="without a Zarr store"):
        functions.image(SAME, tmp_path / "plain.zip")


@pytest.mark.parametrize(
    "codecs",
    [
        '"compressor":null,"filters":[{"id":"pickle","protocol":5}]',
        '"compressor":{"id":"pickle","protocol":5},"filters":null',
        '"compressor":{"id":"pickle","protocol":5},"filters":[{"id":"vlen-utf8"}]',
    ],
)
@pytest.mark.parametrize("dtype", ["|u1", "|O"])
def test_a_store_that_would_run_code_is_refused(functions: FunctionCaller, tmp_path: Path, codecs: str, dtype: str) -> None:
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as whole:
        meta = f'{{"zarr_format":2,"shape":[1,1,1],"chunks":[1,1,1],"dtype":"{dtype}","fill_value":0,"order":"C",{codecs}}}'
        whole.writestr(".zarray", meta)
        whole.writestr("0.0.0", f"cbuiltins\nexec\n(Vopen({str(tmp_path / 'ran')!r}, 'w')\ntR.".encode())
    with pytest.raises(InvalidInputsError, match=r"evil\.zip"):
        functions.image(SAME, tmp_path / "evil.zip")
    assert not (tmp_path / "ran").exists()


def test_a_store_larger_than_the_job_s_memory_is_told_before_it_is_read(functions: FunctionCaller, tmp_path: Path) -> None:
    with ZipStore(tmp_path / "huge.zip", mode="w") as store:
        zarr.create_array(store, shape=(100_000, 100_000), chunks=(1000, 1000), dtype="float64")
    with pytest.raises(OutOfMemoryError, match="needs about"):
        functions.image(SAME, tmp_path / "huge.zip")


@pytest.mark.parametrize(
    ("body", "suffix", "shape", "dtype"),
    [
        ("image > 3", "png", (3, 4), "uint8"),
        ("image.astype('float32') / 3", "png", (3, 4), "uint8"),
        ("np.concatenate([image, image])", "tif", (2, 3, 4), "uint8"),
        ("np.concatenate([image, image, image])", "png", (3, 4, 3), "uint8"),
        ("image[0]", "png", (3, 4), "uint8"),
        ("np.kron(image, np.ones((1, 2, 2), 'uint8'))", "png", (6, 8), "uint8"),
        ("image.sum(axis=(0, 1))", "npy", (4,), "uint8"),
    ],
)
def test_a_result_takes_the_format_of_its_image_where_that_can_hold_it(
    functions: FunctionCaller, tmp_path: Path, body: str, suffix: str, shape: tuple[int, ...], dtype: str
) -> None:
    file = written_png(tmp_path / "photo.png", np.arange(12, dtype="uint8").reshape(3, 4))
    result = functions.image(f"import numpy as np\ndef main(image):\n    return {body}", file)
    read = {
        "png": lambda: imagecodecs.png_decode(result.read_bytes()),
        "tif": lambda: tifffile.imread(result),
        "npy": lambda: np.load(result),
    }
    array = read[suffix]()
    assert (result.suffix, array.shape, array.dtype) == (f".{suffix}", shape, dtype)


@pytest.mark.parametrize(("asked", "suffix"), [("float32", ".tif"), ("native", ".npy"), ("uint16", ".png"), ("int32", ".tif")])
def test_the_type_of_numbers_decides_the_format_too(functions: FunctionCaller, tmp_path: Path, asked: str, suffix: str) -> None:
    file = written_png(tmp_path / "photo.png", np.arange(12, dtype="uint8").reshape(3, 4))
    result = functions.image("def main(image):\n    return image.astype('int64') * 2", file, dtype_conversion=asked)
    assert result.suffix == suffix


def test_an_image_can_be_written_into(functions: FunctionCaller, tmp_path: Path) -> None:
    file = written_png(tmp_path / "photo.png", np.arange(36, dtype="uint8").reshape(3, 4, 3))
    functions.image("def main(image):\n    image[image < 5] = 0\n    return image", file)


def test_a_result_of_shares_instead_of_values_is_noted(functions: FunctionCaller, tmp_path: Path) -> None:
    file = written_png(tmp_path / "photo.png", np.arange(12, dtype="uint8").reshape(3, 4))
    functions.image("def main(image):\n    return image / 255", file)
    assert "rounded to uint8" in functions.said[-1]["text"]
    count = len(functions.said)
    for body in ("image / 2", "(image > 3) * 1.0", "image"):
        functions.image(f"def main(image):\n    return {body}", file)
    assert len(functions.said) == count


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a, say", b"\x89PNG\r\n\x1a\nbroken", b"II*\0broken", b"\x93NUMPYbroken", b"PK\x03\x04broken"]
)
def test_files_that_are_no_image_are_refused(functions: FunctionCaller, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.png").write_bytes(content)
    with pytest.raises(InvalidInputsError, match=r"odd\.png"):
        functions.image(SAME, tmp_path / "odd.png")


def test_arrays_that_are_no_image_are_refused(functions: FunctionCaller, tmp_path: Path) -> None:
    for values in (np.zeros(4), np.zeros((0, 4)), np.array([["a"]]), np.array([[{}]], dtype=object)):
        np.save(tmp_path / "odd.npy", values, allow_pickle=True)
        with pytest.raises(InvalidInputsError):
            functions.image(SAME, tmp_path / "odd.npy")


@pytest.mark.parametrize("body", ["None", "[[1, 2]]", "3.5", "image.sum()", "(None, {})", "image.astype(object)", "(x for x in image)"])
def test_results_that_are_no_array_are_refused(functions: FunctionCaller, tmp_path: Path, body: str) -> None:
    np.save(tmp_path / "stack.npy", STACK)
    with pytest.raises(InvalidOutputsError):
        functions.image(f"def main(image):\n    return {body}", tmp_path / "stack.npy", dtype_conversion="native")


@given(hnp.arrays(st.sampled_from(["uint8", "int16", "float32"]), hnp.array_shapes(min_dims=3, max_dims=3, max_side=4)))
@settings(max_examples=30, deadline=None)
def test_a_function_of_planes_does_the_same_to_slices_as_to_the_whole(tmp_path_factory: pytest.TempPathFactory, values: np.ndarray) -> None:
    folder = tmp_path_factory.mktemp("slices")
    np.save(folder / "stack.npy", values)
    functions = FunctionCaller(folder)
    code = "import numpy as np\ndef main(image):\n    return np.flip(image, axis=2) + image.max(axis=(1, 2), keepdims=True)"
    whole = np.load(functions.image(code, folder / "stack.npy"))
    assert np.array_equal(
        whole, np.load(functions.image(code, folder / "stack.npy", slice_by_slice=True)), equal_nan=values.dtype.kind == "f"
    )
