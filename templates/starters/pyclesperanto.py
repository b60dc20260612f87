import pyclesperanto as cle
from callsheet import memory


@memory.pyclesperanto
def find_spots(image: cle.Array, radius: int = 10, sigma: float = 1.0) -> tuple[cle.Array, dict]:
    """Keep small bright spots and take away all that is larger.

    Args:
        image: Stack of planes (C, Y, X).
        radius: Half the side of the largest spot that is kept, in pixels.
        sigma: Standard deviation of the blur against noise that comes first, in pixels.

    Returns:
        image: The spots on black.
        metadata: The brightness of the brightest spot.
    """
    calm = cle.gaussian_blur(image, sigma_x=sigma, sigma_y=sigma, sigma_z=0)
    spots = cle.top_hat_box(calm, radius_x=radius, radius_y=radius, radius_z=0)
    return spots, {"brightest": float(cle.maximum_of_all_pixels(spots))}
