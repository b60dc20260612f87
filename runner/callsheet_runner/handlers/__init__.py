"""The handlers that ship with the runner, by the names that the shipped templates use."""

from importlib.util import find_spec

#: Handlers for plain pictures, and what must be installed for them: the extra `images`.
IMAGE_PACKAGES = ("numpy", "scipy", "skimage", "pywt", "PIL", "tifffile", "imagecodecs")
IMAGE_HANDLERS = ("image_resize", "image_denoise", "image_threshold", "image_segment")

#: Handlers that generate with diffusion models, and what must be installed for them: the extra `diffusion`.
DIFFUSION_PACKAGES = ("torch", "diffusers", "transformers", "accelerate", "PIL")
DIFFUSION_HANDLERS = ("image_generation", "inpainting")


def shipped_handlers() -> dict[str, str]:
    """Name of each handler that can run here, with the `module:callable` that does it. Imports none of the packages it looks for."""
    handlers: dict[str, str] = {}
    if _are_installed(IMAGE_PACKAGES):
        handlers |= {name: f"{__name__}.{name}:{name}" for name in IMAGE_HANDLERS}
    if _are_installed(DIFFUSION_PACKAGES):
        handlers |= {name: f"{__name__}.diffusion.{name}:{name}" for name in DIFFUSION_HANDLERS}
    return handlers


def _are_installed(packages: tuple[str, ...]) -> bool:
    return all(find_spec(package) is not None for package in packages)
