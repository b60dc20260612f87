import cupy as cp
from callsheet import memory
from cupyx.scipy import ndimage


# Needed beside the card: `vram_gb`, for the stack and its copies.
@memory.cupy(gpu=True, vram_gb=4)
def subtract_background(image: cp.ndarray, sigma: float = 25.0) -> tuple[cp.ndarray, dict]:
    """Remove the slow changes of brightness from every plane.

    The background is the plane itself under a wide Gaussian blur.

    Args:
        image: Stack of planes (C, Y, X).
        sigma: Standard deviation of the blur, in pixels; wider than what is to stay.

    Returns:
        image: The stack without its background.
        metadata: The mean background of each plane.
    """
    stack = image.astype(cp.float32)
    background = ndimage.gaussian_filter(stack, sigma=(0, sigma, sigma))
    cleaned = cp.clip(stack - background, 0, None)
    return cleaned, {"background": cp.asnumpy(background.mean(axis=(1, 2))).tolist()}
