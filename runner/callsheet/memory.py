"""The decorators by which a source publishes functions: one for each array library, and `python` for typed functions without arrays.

```python
from callsheet.memory import numpy

@numpy(memory_gb=4)
def brighten(image, gain: float = 1.2):
    return image * gain
```
"""

from callsheet.decorator import MemoryDecorator, PlainDecorator

__all__ = ["cupy", "jax", "numpy", "pyclesperanto", "python", "tensorflow", "torch"]

numpy = MemoryDecorator("numpy")
cupy = MemoryDecorator("cupy")
torch = MemoryDecorator("torch")
tensorflow = MemoryDecorator("tensorflow")
jax = MemoryDecorator("jax")
pyclesperanto = MemoryDecorator("pyclesperanto")
python = PlainDecorator("python")
