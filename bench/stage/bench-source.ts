/** A source of 45 lines with one numpy function. `body` is a number in it: another number is another version. */
export function benchSource(name: string, body: number): string {
  return `"""Filters for stacks of planes, as a lab keeps them."""

from typing import Literal

import numpy as np
from callsheet.memory import numpy

STEP = ${body}


@numpy(memory_gb=4, timeout_seconds=120)
def ${name}(
    image: np.ndarray,
    sigma: float = 1.0,
    amount: float = 1.0,
    mode: Literal["edge", "reflect", "wrap"] = "edge",
    channels: list[int] | None = None,
) -> tuple[np.ndarray, dict[str, float]]:
    """Sharpen every plane with an unsharp mask.

    What a Gaussian blur takes away is added again, so that edges stand out.

    Args:
        image: Stack of planes (C, Y, X).
        sigma: Standard deviation of the blur, in pixels.
        amount: How much is added: 0 changes nothing.
        mode: What stands beyond the border.
        channels: Planes to change; all when absent.

    Planes that are left out come back as they were.

    Returns:
        image: The sharpened stack.
        metadata: The mean before and after.
    """
    sharpened = image.astype(np.float32)
    for number in channels if channels is not None else range(image.shape[0]):
        blurred = _blur(sharpened[number], sigma, mode)
        sharpened[number] += amount * (sharpened[number] - blurred)
    return sharpened, {"before": float(image.mean()), "after": float(sharpened.mean())}


def _blur(plane: np.ndarray, sigma: float, mode: str) -> np.ndarray:
    padded = np.pad(plane, max(1, round(3 * sigma)), mode=mode)
    return padded[STEP : STEP + plane.shape[0], STEP : STEP + plane.shape[1]]
`;
}
