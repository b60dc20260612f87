# expect error decorator_argument 13:18
# expect error decorator_argument 13:33
# expect error decorator_argument 13:40
# expect error decorator_argument 13:62
# expect error decorator_argument 13:83
# expect error decorator_argument 13:101
# expect error decorator_argument 13:110
# expect error decorator_argument 13:135
# expect error decorator_argument 13:153
from callsheet.memory import torch


@torch(memory_gb="4", cpu_cores=0, gpu=1, compute_capability=8.6, timeout_seconds=0.5, max_attempts=99, pool="My Pool", runner_labels={"a": 1}, disk_gb=-1)
def scale(image, factor: float = 2.0):
    return image * factor
