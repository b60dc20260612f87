"""`callsheet.memory` as a notebook uses it."""

import asyncio
import inspect
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import callsheet.memory
from callsheet import DECORATOR_API
from callsheet.memory import jax as jax_function
from callsheet.memory import numpy as numpy_function
from callsheet.memory import python

REPOSITORY = Path(__file__).parents[3]


def halve(image, by: float = 2.0):
    """Halves."""
    return image / by


@pytest.mark.parametrize("name", ["numpy", "cupy", "torch", "tensorflow", "jax", "pyclesperanto"])
def test_a_decorator_is_used_bare_or_with_arguments_and_marks_the_function(name: str) -> None:
    decorator = getattr(callsheet.memory, name)
    for decorated in (decorator(halve), decorator()(halve), decorator(gpu=True, vram_gb=4, pool="lab")(halve)):
        assert (decorated.input_memory_type, decorated.output_memory_type, decorated.backend) == (name, name, name)
        assert (decorated.__name__, decorated.__doc__, decorated.__wrapped__) == ("halve", "Halves.", halve)
        assert inspect.signature(decorated) == inspect.signature(halve)


def test_python_leaves_the_function_what_it_is() -> None:
    assert python(halve) is halve and python(memory_gb=2)(halve) is halve


def test_a_direct_call_does_what_is_written() -> None:
    image = np.array([[[1, 3]]], "uint8")
    assert numpy_function(halve)(image).tolist() == [[[0.5, 1.5]]]
    assert numpy_function(halve)(image=image, by=4).tolist() == [[[0.25, 0.75]]]
    assert numpy_function(lambda image: image.shape)(np.zeros((2, 3))) == (2, 3)


def test_a_direct_call_can_ask_for_a_type_of_numbers_and_for_slices() -> None:
    image = np.array([[[1, 3]], [[5, 300]]], "uint16")
    assert numpy_function(halve)(image, dtype_conversion="preserve").dtype == "uint16"
    assert numpy_function(halve)(image, dtype_conversion="uint8").tolist() == [[[0, 2]], [[2, 150]]]
    shapes: list[tuple[int, ...]] = []

    @numpy_function
    def watched(image):
        shapes.append(image.shape)
        return image.sum(axis=0), {"most": int(image.max())}, image > 3, 7

    stack, *others = watched(image, slice_by_slice=True)
    assert shapes == [(1, 1, 2), (1, 1, 2)]
    assert stack.tolist() == [[[1, 3]], [[5, 300]]]
    # What comes beside it, too: dicts stay dicts, arrays stay arrays.
    assert (others[0], others[1].tolist(), others[2]) == ({"most": [3, 300]}, [[[False, False]], [[True, True]]], [7, 7])
    assert watched(image=image, slice_by_slice=True)[0].tolist() == stack.tolist()


def test_parameters_of_its_own_are_its_own() -> None:
    @numpy_function
    def own(image, slice_by_slice="mine", dtype_conversion="too"):
        return slice_by_slice, dtype_conversion

    assert own(np.zeros((2, 2, 2)), slice_by_slice=7) == (7, "too")


def test_an_async_function_stays_async() -> None:
    @numpy_function
    async def later(image):
        await asyncio.sleep(0)
        return image + 1

    assert inspect.iscoroutinefunction(later)
    assert asyncio.run(later(np.zeros((2, 1, 1), "uint8"), slice_by_slice=True)).tolist() == [[[1]], [[1]]]


def test_jax_arrays_stay_jax_arrays() -> None:
    import jax
    import jax.numpy as jnp

    result = jax_function(halve)(jnp.array([[[1, 3]], [[5, 7]]], "uint8"), slice_by_slice=True, dtype_conversion="preserve")
    assert isinstance(result, jax.Array) and result.dtype == "uint8" and result.tolist() == [[[0, 2]], [[2, 4]]]


def test_mistakes_are_told() -> None:
    with pytest.raises(TypeError, match="no argument memory; it takes gpu, vram_gb"):
        numpy_function(memory=4)
    with pytest.raises(TypeError, match="got a int"):
        numpy_function(4)
    with pytest.raises(AttributeError, match="import numpy as"):
        _ = numpy_function.asarray
    with pytest.raises(ValueError, match="dtype_conversion is one of"):
        numpy_function(halve)(np.zeros((1, 1, 1)), dtype_conversion="int8")
    with pytest.raises(TypeError, match="returned float"):
        numpy_function(lambda image: 1.0)(np.zeros((1, 1, 1)), slice_by_slice=True)
    with pytest.raises(TypeError, match="first argument, image; got list"):
        numpy_function(halve)([1, 2], slice_by_slice=True)


def test_no_library_is_imported_with_its_decorator() -> None:
    code = "import sys; from callsheet.memory import *; print(sorted({'numpy', 'torch', 'jax', 'cupy', 'tensorflow'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_openhcs_paths_are_ours_inside_a_runner_only() -> None:
    code = (
        "try: import openhcs.core.memory\n"
        "except ImportError as error: print(error.name)\n"
        "from callsheet_runner.child.foreign_decorators import accept_foreign_decorators as accept; accept(); accept()\n"
        "import callsheet.memory as ours, openhcs.core.memory as one\n"
        "from openhcs.core.memory.decorators import torch, numpy\n"
        "from openhcs.core import memory\n"
        "assert one is memory and torch is one.torch is ours.torch and memory.decorators.numpy is numpy\n"
        "try: import openhcs.processing\n"
        "except ImportError as error: print(error.name)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["openhcs", "openhcs.processing"]


def test_a_real_openhcs_goes_before(tmp_path: Path) -> None:
    package = tmp_path / "openhcs" / "core" / "memory"
    package.mkdir(parents=True)
    for folder in (package, package.parent, package.parent.parent):
        (folder / "__init__.py").write_text("")
    (package / "decorators.py").write_text("numpy = 'the real one'")
    code = (
        f"import sys; sys.path.append({str(tmp_path)!r})\n"
        "from callsheet_runner.child.foreign_decorators import accept_foreign_decorators; accept_foreign_decorators()\n"
        "from openhcs.core.memory.decorators import numpy; print(numpy)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "the real one"


def test_the_version_of_the_decorators_is_the_registry_s() -> None:
    told = (REPOSITORY / "src" / "contract" / "function" / "runtime.ts").read_text()
    assert f"decoratorApi = {DECORATOR_API};" in told
