# expect function numpy.sharpen
# expect inputs image, threshold, n, flag, name, other, sizes, more, table, kinds, mode, length, slice_by_slice, dtype_conversion
# expect input image {"type":"file","required":true,"format":["npy","tif","tiff","png","jpg","jpeg","zip"]}
# expect input threshold {"type":"float","default":0.5}
# expect input n {"type":"integer","default":3}
# expect input flag {"type":"boolean","default":false}
# expect input name {"type":"string","default":"x"}
# expect input other {"type":"any","default":null}
# expect input sizes {"type":"array","default":[3,3]}
# expect input more {"type":"array","default":[]}
# expect input table {"type":"object","additional_properties":true,"default":{"a":1}}
# expect input kinds {"type":"array","unique_items":true,"default":["a"]}
# expect input mode {"type":"string","enum":["fast","exact"],"default":"exact"}
# expect input length {"type":"float","required":false}
# expect output image {"type":"file","format":["npy","tif","tiff","png"],"required":true}
# call-image {"threshold": 0.25, "mode": "fast"}
from enum import Enum

from callsheet.memory import numpy


class Mode(Enum):
    FAST = "fast"
    EXACT = "exact"


@numpy
def sharpen(
    image,
    threshold=0.5,
    n=3,
    flag=False,
    name="x",
    other=None,
    sizes=(3, 3),
    more=[],
    table={"a": 1},
    kinds={"a"},
    mode=Mode.EXACT,
    length=float(2),
):
    """Leave it as it is."""
    return image
