"""Puts three pictures into a folder and tells as JSON what is in them: a photograph, a micrograph, and a stack of cells whose number is known."""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import skimage
import tifffile
from PIL import Image

PLANES, EDGE, GRID = 7, 400, 6
#: Photons of the brightest pixel, and of the ground.
BRIGHT, GROUND = 900, 40


def main() -> None:
    folder = Path(sys.argv[1])
    samples = Path(skimage.__file__).parent / "data"
    shutil.copy(samples / "chelsea.png", folder / "photo.png")
    # A stained slice. (cell.png, the other micrograph there, has noise below one grey level: nothing to take out.)
    shutil.copy(samples / "ihc.png", folder / "micrograph.png")
    write_noisy(folder / "photo.png", folder / "noisy.png")
    cells = write_stack(folder / "stack.tif")
    # What is no picture, what is only called one, and what breaks off in the middle.
    for name in ("words.txt", "words.png"):
        (folder / name).write_text(f"this is not a picture but {name}\n")
    whole = (folder / "photo.png").read_bytes()
    (folder / "half.png").write_bytes(whole[: len(whole) // 2])
    facts = {name: size_of(folder / name) for name in ("photo.png", "micrograph.png")}
    print(json.dumps({**facts, "stack.tif": {"width": EDGE, "height": EDGE, "cells": cells}}))


def size_of(path: Path) -> dict[str, int]:
    with Image.open(path) as picture:
        return {"width": picture.width, "height": picture.height}


def write_noisy(clean: Path, noisy: Path) -> None:
    """The same picture with even noise, so that it is known what a filter should come near to."""
    pixels = np.asarray(Image.open(clean)).astype(np.float32)
    pixels += np.random.default_rng(11).normal(0, 25, pixels.shape)
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(noisy)


def write_stack(path: Path) -> int:
    """Round cells on a shaken grid, so that none touch, each sharp in one plane and dimmer in the others; counted photons, 16 bits."""
    random = np.random.default_rng(20240607)
    places = [place for place in range(GRID * GRID) if place % 7 != 3]
    pitch = EDGE / GRID
    rows, columns = np.mgrid[0:EDGE, 0:EDGE].astype(np.float32)
    planes = np.full((PLANES, EDGE, EDGE), GROUND, np.float32)
    for place in places:
        row, column = np.array(divmod(place, GRID)) * pitch + pitch / 2 + random.uniform(-8, 8, 2)
        tall, wide = random.uniform(11, 17, 2)
        focus = random.integers(0, PLANES)
        distance = np.hypot((rows - row) / tall, (columns - column) / wide)
        cell = (BRIGHT - GROUND) / (1 + np.exp((distance - 1) * 12))
        for plane in range(PLANES):
            planes[plane] += cell * np.exp(-(((plane - focus) / 2) ** 2))
    counted = random.poisson(planes) * 40
    tifffile.imwrite(path, np.clip(counted, 0, 65535).astype(np.uint16), imagej=True, metadata={"axes": "ZYX"})
    return len(places)


main()
