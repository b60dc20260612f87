# expect function numpy.scale
# expect function cupy.scale_on_gpu
# expect function torch.scale_torch
# expect function tensorflow.scale_tf
# expect function jax.scale_jax
# expect function pyclesperanto.scale_cle
# expect function python.halve
# call halve {"value": 3.0} => {"result": 1.5}
from callsheet.memory import cupy, jax, numpy, pyclesperanto, python, tensorflow, torch


@numpy
def scale(image, factor: float = 2.0):
    return image * factor


@cupy
def scale_on_gpu(image, factor: float = 2.0):
    return image * factor


@torch
def scaleTorch(image, factor: float = 2.0):
    return image * factor


@tensorflow
def scale_tf(image, factor: float = 2.0):
    return image * factor


@jax
def scale_jax(image, factor: float = 2.0):
    return image * factor


@pyclesperanto
def scale_cle(image, factor: float = 2.0):
    return image * factor


@python
def halve(value: float) -> float:
    return value / 2
