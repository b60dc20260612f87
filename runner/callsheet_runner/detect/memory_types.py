"""Which array libraries a function can ask for here."""

import importlib.util

#: Memory type → the module that it needs. `python` needs none.
MODULES = {
    "numpy": "numpy",
    "cupy": "cupy",
    "torch": "torch",
    "tensorflow": "tensorflow",
    "jax": "jax",
    "pyclesperanto": "pyclesperanto",
}


def memory_types() -> list[str]:
    """Those that are installed; found without importing, since each takes seconds and memory."""
    return [name for name, module in MODULES.items() if importlib.util.find_spec(module) is not None] + ["python"]
