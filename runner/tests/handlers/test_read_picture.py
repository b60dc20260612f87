"""Every kind of file that the image handlers take, and those that they refuse."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image, ImageCms

from callsheet_runner.errors import InvalidInputsError, OutOfMemoryError
from callsheet_runner.handlers.picture.read_picture import read_picture
from callsheet_runner.job import Job

random = np.random.default_rng(7)
GREY = random.integers(0, 256, (20, 30), np.uint8)
DEEP = random.integers(0, 65536, (20, 30), np.uint16)
COLOUR = random.integers(0, 256, (20, 30, 3), np.uint8)
DEEP_COLOUR = random.integers(0, 65536, (20, 30, 3), np.uint16)
SMOOTH = np.stack([np.add.outer(np.arange(40), np.arange(60)) * (k + 1) // 2 for k in range(3)], axis=-1).astype(np.uint8)


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(output_dir=tmp_path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "picture"


def read(path: Path, job: Job, stack: str = "max") -> np.ndarray:
    pixels = read_picture(path, job, stack).pixels
    return pixels[:, :, 0] if pixels.shape[2] == 1 else pixels


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_png_of_either_depth_with_and_without_alpha_is_read_exactly(path: Path, job: Job, dtype: type, channels: int) -> None:
    pixels = random.integers(0, np.iinfo(dtype).max, (9, 11, channels), endpoint=True).astype(dtype)
    path.write_bytes(imagecodecs.png_encode(pixels.squeeze()))
    found = read_picture(path, job)
    assert found.pixels.dtype == dtype
    assert np.array_equal(found.pixels, pixels)
    assert found.has_alpha == (channels in (2, 4))


def test_png_with_a_palette_or_one_bit_becomes_plain(path: Path, job: Job) -> None:
    palette = Image.fromarray(COLOUR // 128 * 255).quantize(8)
    palette.save(path, "PNG")
    assert np.array_equal(read(path, job), COLOUR // 128 * 255)
    Image.fromarray(GREY > 128).save(path, "PNG")
    assert np.array_equal(read(path, job), np.where(GREY > 128, 255, 0))


def test_the_transparent_colour_of_a_png_becomes_alpha(path: Path, job: Job) -> None:
    pixels = np.zeros((2, 2, 3), np.uint8)
    pixels[0, 0] = (10, 20, 30)
    Image.fromarray(pixels).save(path, "PNG", transparency=(10, 20, 30))
    assert read(path, job)[:, :, 3].tolist() == [[0, 255], [255, 255]]


def test_jpeg_is_read_in_grey_colour_and_cmyk(path: Path, job: Job) -> None:
    for image, shape in ((Image.fromarray(SMOOTH[:, :, 0]), (40, 60)), (Image.fromarray(SMOOTH), (40, 60, 3))):
        image.save(path, "JPEG", quality=95)
        found = read(path, job)
        assert found.shape == shape
        assert np.abs(found.astype(int) - np.asarray(image).astype(int)).max() < 12
    Image.fromarray(SMOOTH).convert("CMYK").save(path, "JPEG")
    assert read(path, job).shape == (40, 60, 3)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["PNG", "TIFF"])
def test_a_picture_is_turned_upright_as_its_tag_asks(path: Path, job: Job, orientation: int, format: str) -> None:
    image = Image.fromarray(COLOUR)
    exif = Image.Exif()
    exif[274] = orientation
    if format == "TIFF":
        tifffile.imwrite(path, COLOUR, photometric="rgb", extratags=[(274, "H", 1, orientation, True)])
    else:
        image.save(path, format, exif=exif)
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    expected = image.transpose(turns[orientation]) if orientation in turns else image
    assert np.array_equal(read(path, job), np.asarray(expected))


def test_colours_of_another_profile_become_srgb(path: Path, job: Job) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    Image.fromarray(COLOUR).save(path, "PNG", icc_profile=lab.tobytes())
    assert np.array_equal(read(path, job), COLOUR)
    Image.fromarray(COLOUR).save(path, "PNG", icc_profile=b"no profile at all")
    assert np.array_equal(read(path, job), COLOUR)


@pytest.mark.parametrize("compression", [None, "zlib", "lzw", "packbits", "zstd"])
@pytest.mark.parametrize("pixels", [GREY, DEEP, COLOUR, DEEP_COLOUR], ids=["grey", "grey16", "rgb", "rgb16"])
def test_tiff_is_read_exactly_whatever_its_compression(path: Path, job: Job, compression: str | None, pixels: np.ndarray) -> None:
    tifffile.imwrite(path, pixels, compression=compression, photometric="rgb" if pixels.ndim == 3 else "minisblack")
    assert np.array_equal(read(path, job), pixels)


def test_tiff_with_planes_of_colour_with_alpha_with_a_palette_or_white_as_zero_is_read(path: Path, job: Job) -> None:
    tifffile.imwrite(path, np.moveaxis(COLOUR, -1, 0), photometric="rgb", planarconfig="separate")
    assert np.array_equal(read(path, job), COLOUR)
    with_alpha = np.dstack([COLOUR, GREY])
    tifffile.imwrite(path, with_alpha, photometric="rgb", extrasamples=["unassalpha"])
    assert np.array_equal(read(path, job), with_alpha)
    tifffile.imwrite(path, GREY, photometric="miniswhite")
    assert np.array_equal(read(path, job), 255 - GREY)
    Image.fromarray(COLOUR // 128 * 255).quantize(8).save(path, "TIFF")
    assert np.array_equal(read(path, job), COLOUR // 128 * 255)
    Image.fromarray(GREY > 128).save(path, "TIFF")
    assert np.array_equal(read(path, job), np.where(GREY > 128, 255, 0))
    Image.fromarray(SMOOTH).save(path, "TIFF", compression="jpeg", quality=95)
    assert np.abs(read(path, job).astype(int) - SMOOTH.astype(int)).max() < 12


STACK = random.integers(0, 65536, (5, 20, 30), np.uint16)


@pytest.mark.parametrize(
    ("how", "expected"),
    [("max", STACK.max(0)), ("mean", np.floor(STACK.mean(0) + 0.5).astype(np.uint16)), ("first", STACK[0])],
)
def test_a_stack_of_planes_becomes_one_plane_in_the_way_asked_for(path: Path, job: Job, how: str, expected: np.ndarray) -> None:
    tifffile.imwrite(path, STACK, photometric="minisblack")
    assert np.array_equal(read(path, job, how), expected)


def test_the_stacks_of_imagej_and_ome_are_read_with_all_their_axes(path: Path, job: Job) -> None:
    hyperstack = random.integers(0, 65536, (2, 3, 2, 20, 30), np.uint16)
    tifffile.imwrite(path, hyperstack, imagej=True, metadata={"axes": "TZCYX"})
    assert np.array_equal(read(path, job), hyperstack.max((0, 1, 2)))
    tifffile.imwrite(path, hyperstack[0], ome=True, metadata={"axes": "ZCYX"}, photometric="minisblack")
    assert np.array_equal(read(path, job), hyperstack[0].max((0, 1)))
    five_channels = np.moveaxis(STACK, 0, -1)
    tifffile.imwrite(path, five_channels, photometric="minisblack", planarconfig="contig")
    assert np.array_equal(read(path, job), STACK.max(0))
    tifffile.imwrite(path, np.stack([COLOUR, COLOUR // 2]), photometric="rgb")
    assert np.array_equal(read(path, job), COLOUR)


@pytest.mark.parametrize("shape", [(1, 1), (1, 7), (7, 1), (3, 3), (4, 4)])
def test_the_smallest_pictures_are_read(path: Path, job: Job, shape: tuple[int, int]) -> None:
    pixels = random.integers(0, 256, shape, np.uint8)
    tifffile.imwrite(path, pixels)
    assert np.array_equal(read(path, job), pixels)
    path.write_bytes(imagecodecs.png_encode(pixels))
    assert np.array_equal(read(path, job), pixels)


@pytest.mark.parametrize("dtype", [np.float32, np.int16, np.uint32, np.complex64])
def test_pixels_of_other_types_are_refused_with_what_to_do(path: Path, job: Job, dtype: type) -> None:
    tifffile.imwrite(path, GREY.astype(dtype), photometric="minisblack")
    with pytest.raises(InvalidInputsError, match=f"pixels of type {np.dtype(dtype)}.*rescale it to 16 bits"):
        read(path, job)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", r"begins with the bytes \(none\)"),
        (b"GIF89a\x01\x00", "neither PNG, JPEG nor TIFF"),
        (b"\x89PNG\r\n\x1a\n", "broken PNG"),
        (b"\xff\xd8\xff\xe0 and no more", "broken JPEG"),
        (b"II*\0\xff\xff\xff\x7f", "broken TIFF"),
        (b"MM\0+", "broken TIFF"),
    ],
)
def test_what_is_no_picture_is_refused_as_such(path: Path, job: Job, content: bytes, message: str) -> None:
    path.write_bytes(content)
    with pytest.raises(InvalidInputsError, match=message):
        read(path, job)


@pytest.mark.parametrize("format", ["PNG", "JPEG", "TIFF"])
def test_a_file_that_was_cut_off_is_refused(path: Path, job: Job, format: str) -> None:
    whole = BytesIO()
    noise = random.integers(0, 256, (200, 200, 3), np.uint8)
    Image.fromarray(noise).save(whole, format, **({"compression": "tiff_lzw"} if format == "TIFF" else {}))
    path.write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    with pytest.raises(InvalidInputsError, match=f"broken {format}"):
        read(path, job)


def test_a_tiff_file_whose_pixels_were_cut_off_is_refused(path: Path, job: Job) -> None:
    for compression in (None, "lzw"):
        tifffile.imwrite(path, random.integers(0, 65536, (4, 200, 200), np.uint16), photometric="minisblack", compression=compression)
        path.write_bytes(path.read_bytes()[:150_000])
        with pytest.raises(InvalidInputsError, match="broken TIFF"):
            read(path, job)


def png_that_claims(width: int, height: int) -> bytes:
    """Some hundred bytes that would unfold to `width` x `height` pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def test_a_small_file_that_claims_an_enormous_size_is_refused_before_it_unfolds(path: Path, job: Job) -> None:
    path.write_bytes(png_that_claims(200_000, 200_000))
    with pytest.raises(InvalidInputsError, match="200000 x 200000; at most 268435456 pixels"):
        read(path, job)
    tifffile.imwrite(path, np.zeros((1, 64, 64), np.uint8))
    content = bytearray(path.read_bytes())
    # Width and height are tags 256 and 257, here as 16-bit numbers... written anew as 32-bit ones.
    with tifffile.TiffFile(path) as tiff:
        places = [tiff.pages[0].tags[tag].offset for tag in (256, 257)]
    for place in places:
        content[place + 2 : place + 12] = struct.pack("<HII", 4, 1, 1_000_000)
    path.write_bytes(content)
    with pytest.raises(InvalidInputsError, match="1000000 x 1000000; at most"):
        read(path, job)


def test_a_picture_larger_than_the_jobs_memory_asks_for_more_memory(path: Path, tmp_path: Path) -> None:
    path.write_bytes(png_that_claims(16384, 16384))
    with pytest.raises(OutOfMemoryError, match=r"reading the image needs about \d+ MB; the job has 2048 MB"):
        read(path, Job(output_dir=tmp_path))
