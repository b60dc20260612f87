# expect function python.run
# expect input a {"type":"file","format":["npy","tif","tiff","png","jpg","jpeg","zip"],"required":true}
# expect input b {"type":"file","format":["npy","tif","tiff","png","jpg","jpeg","zip"],"required":true}
# expect input c {"type":"file","format":["npy","tif","tiff","png","jpg","jpeg","zip"],"required":true}
# expect input d {"type":"file","format":["npy","tif","tiff","png","jpg","jpeg","zip"],"required":true}
# expect input e {"type":"file","format":["npy","tif","tiff","png","jpg","jpeg","zip"],"required":true}
# expect input f {"type":"file","format":["npy","tif","tiff","png","jpg","jpeg","zip"],"required":true}
# expect input g {"type":"file","format":["npy","tif","tiff","png","jpg","jpeg","zip"],"required":true}
# expect input h {"type":"file","format":["npy","tif","tiff","png","jpg","jpeg","zip"],"required":true}
# expect input i {"type":"file","format":["npy","tif","tiff","png","jpg","jpeg","zip"],"required":true}
# expect input j {"type":"file","format":["npy","tif","tiff","png","jpg","jpeg","zip"],"nullable":true,"default":null}
# expect output result {"type":"integer","required":true}
import cupy as cp
import jax
import jax.numpy as jnp
import numpy as np
import numpy.typing as npt
import tensorflow as tf
import torch
from numpy.typing import NDArray


def run(
    a: np.ndarray,
    b: NDArray[np.uint8],
    c: npt.NDArray,
    d: cp.ndarray,
    e: torch.Tensor,
    f: tf.Tensor,
    g: jax.Array,
    h: jnp.ndarray,
    i: np.ndarray[tuple[int, int], np.dtype[np.float32]],
    j: np.ndarray | torch.Tensor | None = None,
) -> int:
    return 1
