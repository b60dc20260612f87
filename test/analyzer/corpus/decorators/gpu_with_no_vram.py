# expect error gpu_without_vram 5:26
from callsheet.memory import torch


@torch(gpu=True, vram_gb=0)
def scale(image, factor: float = 2.0):
    return image * factor
