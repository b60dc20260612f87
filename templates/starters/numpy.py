import numpy as np
from callsheet.memory import numpy


@numpy
def sharpen(image: np.ndarray, sigma: float = 1.0, amount: float = 1.0) -> np.ndarray:
    """Sharpen every plane with an unsharp mask.

    What a Gaussian blur takes away is added again, so that edges stand out.

    Args:
        image: Stack of planes (C, Y, X).
        sigma: Standard deviation of the blur, in pixels.
        amount: How much is added: 0 changes nothing.

    Returns:
        The sharpened stack.
    """
    reach = max(1, round(3 * sigma))
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / max(sigma, 1e-6)) ** 2)
    blurred = image.astype(np.float32)
    for axis in (-2, -1):
        blurred = _blur(blurred, weights / weights.sum(), axis)
    return image + amount * (image - blurred)


def _blur(stack: np.ndarray, weights: np.ndarray, axis: int) -> np.ndarray:
    """A name that starts with _ is private: it is not published."""
    reach, length = len(weights) // 2, stack.shape[axis]
    margins = [(reach, reach) if number == stack.ndim + axis else (0, 0) for number in range(stack.ndim)]
    padded = np.pad(stack, margins, mode="edge")
    return sum(weight * np.take(padded, range(shift, shift + length), axis=axis) for shift, weight in enumerate(weights))
