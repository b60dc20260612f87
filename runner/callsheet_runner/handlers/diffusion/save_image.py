"""Writes a generated picture."""

from pathlib import Path
from typing import Any

#: Of the formats that lose detail, near to losing none.
QUALITY = 95
FORMATS = {"png": ("PNG", {}), "jpg": ("JPEG", {"quality": QUALITY, "subsampling": 0}), "webp": ("WEBP", {"quality": QUALITY})}


def save_image(image: Any, path: Path, file_format: str) -> Path:
    """Writes a PIL image as png, jpg or webp, without metadata; jpg without alpha."""
    name, settings = FORMATS[file_format]
    (image.convert("RGB") if name == "JPEG" else image).save(path, name, **settings)
    return path
