# expect function pyclesperanto.label
# expect inputs image, seeds, other, slice_by_slice, dtype_conversion
# expect input image {"type":"file","required":true,"format":["npy","tif","tiff","png","jpg","jpeg","zip"]}
# expect input seeds {"type":"file","format":["npy","tif","tiff","png","jpg","jpeg","zip"],"required":true}
# expect input other {"type":"file","format":["npy","tif","tiff","png","jpg","jpeg","zip"],"nullable":true,"default":null}
# expect output image {"type":"file","format":["npy","tif","tiff","png"],"required":true}
import pyclesperanto as cle
from callsheet.memory import pyclesperanto


@pyclesperanto
def label(image, seeds: cle.Array, other: "pyclesperanto.Array" = None):
    return cle.voronoi_labeling(image)
