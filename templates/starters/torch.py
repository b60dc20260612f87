# The decorator and the library have the same name, so the decorator keeps its module's.
import torch
from callsheet import memory
from torch.nn import functional


@memory.torch
def even_contrast(image: torch.Tensor, window: int = 31, strength: float = 1.0) -> torch.Tensor:
    """Give all parts of a plane the same contrast.

    Each pixel is measured by the mean and the standard deviation of its neighbourhood, and scaled to those of its plane.

    Args:
        image: Stack of planes (C, Y, X).
        window: Side of the neighbourhood, in pixels; even numbers are made odd.
        strength: 0 leaves the image as it is, 1 is the full effect.

    Returns:
        The evened stack.
    """
    stack = image.float()
    mean = _mean_around(stack, window // 2)
    spread = (_mean_around(stack**2, window // 2) - mean**2).clamp(min=0).sqrt()
    plane_mean = stack.mean(dim=(1, 2), keepdim=True)
    plane_spread = stack.std(dim=(1, 2), keepdim=True)
    even = (stack - mean) / (spread + 1e-6) * plane_spread + plane_mean
    return stack + strength * (even - stack)


def _mean_around(stack: torch.Tensor, reach: int) -> torch.Tensor:
    padded = functional.pad(stack, (reach, reach, reach, reach), mode="replicate")
    return functional.avg_pool2d(padded, kernel_size=2 * reach + 1, stride=1)
