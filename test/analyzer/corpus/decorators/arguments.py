# expect function torch.denoise
# expect function numpy.scale
# call-image scale {}
from callsheet.memory import numpy, torch


@torch(
    gpu=True,
    vram_gb=6.5,
    cpu_cores=4,
    memory_gb=16,
    disk_gb=1,
    compute_capability="8.6",
    estimated_time_seconds=2.5,
    timeout_seconds=120,
    max_attempts=2,
    pool="imaging",
    runner_labels={"site": "lab-3"},
)
def denoise(image, strength: float = 0.5):
    return image * strength


@numpy(memory_gb=+0.5, gpu=False)
def scale(image, factor: float = 2.0):
    return image * factor
