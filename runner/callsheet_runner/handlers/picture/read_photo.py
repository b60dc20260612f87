"""PNG and JPEG."""

from io import BytesIO
from pathlib import Path

import imagecodecs
import numpy as np
from PIL import Image, ImageCms

from callsheet_runner.handlers.picture.memory_room import Leased, require_room, require_size
from callsheet_runner.handlers.picture.orientation import ORIENTATION_TAG, upright

# memory_room says what is too large; Pillow's own limit knows nothing of the job's memory.
Image.MAX_IMAGE_PIXELS = None


def read_png(path: Path, job: Leased, _stack: str) -> np.ndarray:
    """Pixels of a PNG file, as height x width x channels."""
    with Image.open(path, formats=("PNG",)) as image:
        require_size(image.width, image.height)
        require_room(job, image.width * image.height * 16, "reading the image")
        # Pillow would cut colours of 16 bits to 8.
        is_deep = _bits_of_png(path) == 16
        pixels = _with_channels(imagecodecs.png_decode(path.read_bytes())) if is_deep else _pixels_of(image)
        return upright(pixels, image.getexif().get(ORIENTATION_TAG, 1))


def read_jpeg(path: Path, job: Leased, _stack: str) -> np.ndarray:
    """Pixels of a JPEG file, as height x width x channels."""
    with Image.open(path, formats=("JPEG",)) as image:
        require_size(image.width, image.height)
        require_room(job, image.width * image.height * 10, "reading the image")
        return upright(_pixels_of(image), image.getexif().get(ORIENTATION_TAG, 1))


def read_by_pillow(path: Path, job: Leased) -> np.ndarray:
    """Pixels of the first page of a TIFF file with a palette or with colours other than red, green and blue; not yet upright."""
    with Image.open(path, formats=("TIFF",)) as image:
        require_size(image.width, image.height)
        require_room(job, image.width * image.height * 10, "reading the image")
        return _pixels_of(image)


def _bits_of_png(path: Path) -> int:
    """Bits a channel, from the header, which is the first chunk by the format's rules."""
    with path.open("rb") as file:
        return file.read(25)[24]


def _pixels_of(image: Image.Image) -> np.ndarray:
    image.load()
    return _with_channels(np.asarray(_in_srgb(_in_plain_mode(image))))


def _in_plain_mode(image: Image.Image) -> Image.Image:
    """Grey or RGB, with or without alpha. One transparent colour, as PNG may have, becomes alpha."""
    if "transparency" in image.info and image.mode in ("1", "L", "RGB", "P"):
        return image.convert("LA" if image.mode in ("1", "L") else "RGBA")
    if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK"):
        return image
    if image.mode == "1":
        return image.convert("L")
    return image.convert("RGBA" if image.mode in ("PA", "La", "RGBa") else "RGB")


def _in_srgb(image: Image.Image) -> Image.Image:
    """Colours of the profile that the file carries, as sRGB: the results carry none."""
    profile = image.info.get("icc_profile")
    if profile is not None and image.mode in ("RGB", "RGBA", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            # sRGB to sRGB would only round.
            if "srgb" not in ImageCms.getProfileDescription(source).lower():
                mode = "RGB" if image.mode == "CMYK" else image.mode
                converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
                return image if converted is None else converted
        except (ImageCms.PyCMSError, OSError):
            pass  # A broken profile is no profile.
    return image.convert("RGB") if image.mode == "CMYK" else image


def _with_channels(pixels: np.ndarray) -> np.ndarray:
    return pixels[:, :, np.newaxis] if pixels.ndim == 2 else pixels
