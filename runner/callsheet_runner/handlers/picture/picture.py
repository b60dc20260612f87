"""A picture in memory."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from skimage.color import rgb2gray

#: Rows are worked on in blocks of about this many pixels, so that no step needs much more memory than the picture itself.
BLOCK_PIXELS = 1 << 20


@dataclass(frozen=True)
class Picture:
    """Pixels as height x width x channels, `uint8` or `uint16`. One channel is grey, three are red, green and blue; a second or a
    fourth is alpha, which is never premultiplied."""

    pixels: np.ndarray

    @property
    def height(self) -> int:
        return self.pixels.shape[0]

    @property
    def width(self) -> int:
        return self.pixels.shape[1]

    @property
    def channels(self) -> int:
        return self.pixels.shape[2]

    @property
    def has_alpha(self) -> bool:
        return self.channels in (2, 4)

    @property
    def colours(self) -> int:
        """Channels without alpha."""
        return self.channels - 1 if self.has_alpha else self.channels

    @property
    def full(self) -> int:
        """The value of white."""
        return int(np.iinfo(self.pixels.dtype).max)

    def brightness(self) -> np.ndarray:
        """Height x width, `float32` from 0 to 1. Colours are weighed as the eye does (Rec. 709); alpha does not count."""
        bright = np.empty((self.height, self.width), np.float32)
        for rows in self.blocks():
            values = self.pixels[rows, :, : self.colours].astype(np.float32) / self.full
            bright[rows] = values[:, :, 0] if self.colours == 1 else rgb2gray(values)
        return bright

    def brightness_in_8_bits(self) -> np.ndarray:
        """The same, rounded to whole steps of 1/255."""
        if self.colours == 1 and self.pixels.dtype == np.uint8:
            return self.pixels[:, :, 0]
        bright = self.brightness()
        steps = np.empty(bright.shape, np.uint8)
        for rows in self.blocks():
            steps[rows] = np.clip(np.rint(bright[rows] * 255), 0, 255)
        return steps

    def blocks(self, least_rows: int = 1) -> Iterator[slice]:
        """Rows to work on together, from top to bottom."""
        step = max(least_rows, BLOCK_PIXELS // self.width, 1)
        for top in range(0, self.height, step):
            yield slice(top, min(top + step, self.height))
