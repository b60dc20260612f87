from typing import Literal

# The decorator and the library have the same name, so the decorator keeps its module's.
import tensorflow as tf
from callsheet import memory


@memory.tensorflow
def find_edges(image: tf.Tensor, direction: Literal["all", "horizontal", "vertical"] = "all") -> tf.Tensor:
    """Show the edges of every plane with a Sobel filter.

    Args:
        image: Stack of planes (C, Y, X).
        direction: Edges that run horizontally, vertically, or all of them.

    Returns:
        The strength of the edges.
    """
    # Planes become the batch: (C, Y, X, 1), and two gradients for each.
    gradients = tf.image.sobel_edges(tf.cast(image, tf.float32)[..., tf.newaxis])[..., 0, :]
    down, across = gradients[..., 0], gradients[..., 1]
    if direction == "horizontal":
        return tf.abs(down)
    if direction == "vertical":
        return tf.abs(across)
    return tf.sqrt(down**2 + across**2)
