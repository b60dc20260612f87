# The decorator and the library have the same name, so the decorator keeps its module's.
import jax
import jax.numpy as jnp
from callsheet import memory


@memory.jax
def deconvolve(image: jax.Array, sigma: float = 1.5, iterations: int = 10) -> jax.Array:
    """Undo a Gaussian blur by the method of Richardson and Lucy.

    Args:
        image: Stack of planes (C, Y, X).
        sigma: Standard deviation of the blur that the microscope made, in pixels.
        iterations: More give sharper images, and more noise.

    Returns:
        The stack as it may have been before the blur.
    """
    observed = jnp.maximum(image.astype(jnp.float32), 1e-6)

    def improve(_: int, estimate: jax.Array) -> jax.Array:
        return estimate * _blur(observed / jnp.maximum(_blur(estimate, sigma), 1e-6), sigma)

    return jax.lax.fori_loop(0, iterations, improve, observed)


def _blur(stack: jax.Array, sigma: float) -> jax.Array:
    """By way of frequencies, where a Gaussian blur is one multiplication."""
    rows, columns = jnp.fft.fftfreq(stack.shape[1]), jnp.fft.rfftfreq(stack.shape[2])
    kept = jnp.exp(-2 * (jnp.pi * sigma) ** 2 * (rows[:, None] ** 2 + columns[None, :] ** 2))
    return jnp.fft.irfft2(jnp.fft.rfft2(stack) * kept, s=stack.shape[1:])
