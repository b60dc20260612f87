# expect error rebound_decorator 5:2
import torch


@torch
def scale(image, factor: float = 2.0):
    return image * factor
