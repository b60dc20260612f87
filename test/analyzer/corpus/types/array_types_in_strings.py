# expect function numpy.blend
# expect inputs image, other, mask, more, slice_by_slice, dtype_conversion
# expect input image {"type":"file","required":true,"format":["npy","tif","tiff","png","jpg","jpeg","zip"]}
# expect input other {"type":"file","format":["npy","tif","tiff","png","jpg","jpeg","zip"],"required":true}
# expect input mask {"type":"file","format":["npy","tif","tiff","png","jpg","jpeg","zip"],"nullable":true,"default":null}
# expect input more {"type":"array","items":{"type":"file","format":["npy","tif","tiff","png","jpg","jpeg","zip"]},"default":[]}
# expect output image {"type":"file","format":["npy","tif","tiff","png"],"required":true}
# expect function torch.invert
# expect inputs image, lookup, slice_by_slice, dtype_conversion
# expect input image {"type":"file","required":true,"format":["npy","tif","tiff","png","jpg","jpeg","zip"]}
# expect input lookup {"type":"file","format":["npy","tif","tiff","png","jpg","jpeg","zip"],"required":true}
# expect output image {"type":"file","format":["npy","tif","tiff","png"],"required":true}
from callsheet.memory import numpy
from callsheet.memory import torch


@numpy
def blend(image: "np.ndarray", other: "np.ndarray", mask: "cp.ndarray" = None, more: "list[torch.Tensor]" = ()):
    return image


@torch
def invert(image: "torch.Tensor", lookup: "torch.Tensor"):
    return -image
