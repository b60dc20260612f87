"""Images as arrays (C, Y, X), in the memory type that a function wants. Libraries are imported when first needed."""

from pathlib import Path
from typing import Any

from callsheet_runner.errors import InvalidInputsError
from callsheet_runner.job import Job


def is_array(value: Any) -> bool:
    return hasattr(value, "__array__") and hasattr(value, "shape")


def read_array(path: Path) -> Any:
    """A numpy array (C, Y, X) of a .npy file, a TIFF or any other picture."""
    import numpy

    suffix = path.suffix.lower()
    try:
        if suffix == ".npy":
            return numpy.load(path, allow_pickle=False)
        if suffix in (".tif", ".tiff"):
            import tifffile

            return channels_first(tifffile.imread(path))
        from PIL import Image

        with Image.open(path) as picture:
            # A palette's numbers mean nothing without it.
            return channels_first(numpy.asarray(picture.convert("RGB") if picture.mode == "P" else picture))
    except ImportError:
        raise
    except Exception as error:
        raise InvalidInputsError(f"{path.name} cannot be read as an image: {error}") from error


def channels_first(array: Any) -> Any:
    import numpy

    if array.ndim == 2:
        return array[numpy.newaxis]
    # Pictures keep colours last; stacks have their planes first.
    return numpy.moveaxis(array, -1, 0) if array.ndim == 3 and array.shape[-1] in (3, 4) else array


def to_memory_type(array: Any, memory_type: str | None, device: str) -> Any:
    """The same numbers where the function's library keeps them."""
    match memory_type:
        case "torch":
            import torch

            # torch calculates with few unsigned types.
            return torch.as_tensor(array.astype("float32") if array.dtype.kind == "u" and array.itemsize > 1 else array, device=device)
        case "cupy":
            import cupy

            return cupy.asarray(array)
        case "tensorflow":
            import tensorflow

            return tensorflow.convert_to_tensor(array)
        case "jax":
            import jax.numpy

            return jax.numpy.asarray(array)
        case "pyclesperanto":
            import pyclesperanto

            return pyclesperanto.push(array)
    return array


def from_memory_type(value: Any, memory_type: str | None) -> Any:
    """Back to numpy."""
    match memory_type:
        case "torch" if hasattr(value, "detach"):
            return value.detach().cpu().numpy()
        case "cupy" if hasattr(value, "get"):
            return value.get()
        case "tensorflow" if hasattr(value, "numpy"):
            return value.numpy()
        case "pyclesperanto":
            import pyclesperanto

            return pyclesperanto.pull(value)
    if memory_type == "jax":
        import numpy

        return numpy.asarray(value)
    return value


def write_array(array: Any, job: Job, name: str, formats: list[str]) -> Path:
    """Writes an array as the first format of the interface that can hold it: .npy, .tif or .png."""
    import numpy

    is_picture = array.dtype.name in ("uint8", "uint16") and (array.ndim == 2 or (array.ndim == 3 and array.shape[0] in (1, 3, 4)))
    for chosen in [*formats, "tif", "npy"]:
        path = job.output_path(f"{name}.{chosen}")
        if chosen == "npy":
            numpy.save(path, array, allow_pickle=False)
            return path
        if chosen in ("tif", "tiff"):
            import tifffile

            tifffile.imwrite(path, array, metadata={"axes": "CYX"} if array.ndim == 3 else None, photometric="minisblack")
            return path
        if chosen == "png" and is_picture and not (array.dtype.name == "uint16" and array.ndim == 3 and array.shape[0] > 1):
            from PIL import Image

            flat = array if array.ndim == 2 else array[0] if array.shape[0] == 1 else numpy.moveaxis(array, 0, -1)
            Image.fromarray(flat).save(path)
            return path
    raise AssertionError("npy holds every array")
