# expect error rebound_decorator 6:2
from callsheet.memory import torch
import torch


@torch
def scale(image, factor: float = 2.0):
    return image * factor
