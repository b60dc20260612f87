# expect error gpu_without_vram 5:12
from callsheet.memory import torch


@torch(gpu=True)
def scale(image, factor: float = 2.0):
    return image * factor
