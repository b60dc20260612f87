# trick: puts a module into an installed package, for later jobs to import
# wants: file
# analysis: accepted
# sandbox: Read-only file system
import pathlib

import numpy as np


def trick(mark: int) -> str:
    pathlib.Path(np.__file__).with_name(f"poison_{mark}.py").write_text("stolen = True")
    return "written"
