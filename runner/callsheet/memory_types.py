"""Arrays of six libraries: telling them apart, and moving numbers from one to another. A library is imported when it is first needed."""

from typing import Any

#: The memory types, each named as the module that it needs.
LIBRARIES = ("numpy", "cupy", "torch", "tensorflow", "jax", "pyclesperanto")
#: What can hand arrays over without copying.
DLPACK = ("torch", "cupy", "jax", "tensorflow")
#: Top module of an array's type → its memory type.
MODULES = {name: name for name in LIBRARIES} | {"jaxlib": "jax"}


class UnfitNumbers(ValueError):
    """A library cannot hold these numbers."""


def memory_type_of(value: Any) -> str | None:
    """Whose array it is; None for what is none."""
    if not hasattr(value, "shape") or not hasattr(value, "dtype"):
        return None
    for kind in type(value).__mro__:
        found = library_of_module(kind.__module__)
        if found is not None:
            return found
    return None


def library_of_module(name: str) -> str | None:
    """The memory type that a module belongs to: `jaxlib._jax` is jax', `pyclesperanto_opencl._core` pyclesperanto's."""
    return MODULES.get(name.partition(".")[0].partition("_")[0])


def to_numpy(value: Any) -> Any:
    """The same numbers as a numpy array, in this machine's byte order."""
    import numpy

    match memory_type_of(value):
        case "torch":
            array = numpy_of_torch(value)
        case "cupy":
            array = value.get()
        case "tensorflow":
            array = value.numpy()
        case "pyclesperanto":
            import pyclesperanto

            array = pyclesperanto.pull(value)
        case _:
            array = numpy.asarray(value)
    if array.dtype.name == "bfloat16":
        # numpy's files have no such type; float32 holds each of its values.
        array = array.astype(numpy.float32)
    return array.astype(array.dtype.newbyteorder("="), copy=False)


def numpy_of_torch(tensor: Any) -> Any:
    import torch

    plain = tensor.detach()
    plain = (plain.to_dense() if plain.layout != torch.strided else plain).cpu().resolve_conj().resolve_neg()
    return (plain.float() if plain.dtype == torch.bfloat16 else plain).numpy()


def to_memory_type(value: Any, memory_type: str, device: str = "cpu") -> Any:
    """The same numbers where a library keeps them: by DLPack where both sides can, else by way of numpy. `device`: as torch calls it."""
    source = memory_type_of(value)
    if source == memory_type and source != "torch":
        return value
    if source == memory_type:
        return value.to(device)
    if source in DLPACK and memory_type in DLPACK:
        try:
            return from_dlpack(value, memory_type, device)
        except (AttributeError, BufferError, NotImplementedError, RuntimeError, TypeError, ValueError):
            # Other device, or numbers that one of them does not have: numpy can.
            pass
    return from_numpy(to_numpy(value), memory_type, device)


def from_dlpack(value: Any, memory_type: str, device: str) -> Any:
    match memory_type:
        case "torch":
            import torch

            return torch.from_dlpack(value).to(device)
        case "cupy":
            import cupy

            return cupy.from_dlpack(value)
        case "jax":
            import jax.dlpack

            return jax.dlpack.from_dlpack(value)
    import tensorflow

    return tensorflow.experimental.dlpack.from_dlpack(value.__dlpack__())


def from_numpy(array: Any, memory_type: str, device: str) -> Any:
    match memory_type:
        case "torch":
            import torch

            return torch.from_numpy(for_torch(array)).to(device)
        case "cupy":
            import cupy

            return cupy.asarray(array)
        case "tensorflow":
            import tensorflow

            return tensorflow.convert_to_tensor(array)
        case "jax":
            import jax

            return jax.numpy.asarray(array if jax.config.jax_enable_x64 else in_32_bits(array, JAX_HINT))
        case "pyclesperanto":
            import pyclesperanto

            if not hasattr(pyclesperanto, "push"):
                raise ImportError("pyclesperanto has no backend here; install pyclesperanto[cuda], [opencl] or [metal]")
            return pyclesperanto.push(for_pyclesperanto(array))
    return array


JAX_HINT = "jax has wider ones after jax.config.update('jax_enable_x64', True) at the top of the source"


def for_torch(array: Any) -> Any:
    """torch calculates with few unsigned types: the signed type that holds them all takes their place."""
    import numpy

    if array.dtype.kind == "u" and array.itemsize > 1:
        wider = {2: numpy.int32, 4: numpy.int64}.get(array.itemsize)
        fits = wider is not None or array.size == 0 or array.max() <= numpy.iinfo(numpy.int64).max
        array = array.astype(wider or (numpy.int64 if fits else numpy.float64))
    # It shares memory, which must not be somebody else's, nor run backwards.
    return array if array.flags.writeable and array.flags.c_contiguous else array.copy(order="C")


def for_pyclesperanto(array: Any) -> Any:
    """It has whole numbers of at most 32 bits and float32."""
    if array.dtype.kind == "c":
        raise UnfitNumbers("it has complex numbers; pyclesperanto has none")
    if array.dtype.kind == "b" or array.dtype.name == "float16":
        return array.astype("uint8" if array.dtype.kind == "b" else "float32")
    return in_32_bits(array, "pyclesperanto has no wider ones")


def in_32_bits(array: Any, hint: str) -> Any:
    """Floats of 64 bits are rounded to 32; integers of 64 bits must fit."""
    import numpy

    if array.dtype.itemsize < 8 or array.dtype.kind not in "iufc":
        return array
    if array.dtype.kind in "fc":
        return array.astype(numpy.complex64 if array.dtype.kind == "c" else numpy.float32)
    narrow = numpy.int32 if array.dtype.kind == "i" else numpy.uint32
    ends = numpy.iinfo(narrow)
    if array.size and (array.min() < ends.min or array.max() > ends.max):
        raise UnfitNumbers(f"it has integers over 32 bits; {hint}")
    return array.astype(narrow)


def join_arrays(arrays: list[Any]) -> Any:
    """One after the other along the first axis, in the library of the first."""
    match memory_type_of(arrays[0]):
        case "torch":
            import torch

            return torch.cat(arrays)
        case "cupy":
            import cupy

            return cupy.concatenate(arrays)
        case "tensorflow":
            import tensorflow

            return tensorflow.concat(arrays, axis=0)
        case "jax":
            import jax

            return jax.numpy.concatenate(arrays)
        case "pyclesperanto":
            import numpy

            return to_memory_type(numpy.concatenate([to_numpy(array) for array in arrays]), "pyclesperanto", "cuda")
    import numpy

    return numpy.concatenate(arrays)
