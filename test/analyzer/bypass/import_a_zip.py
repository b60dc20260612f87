# trick: writes a zip with a module in it and imports that
# wants: code
# analysis: accepted
# sandbox: FileNotFoundError
import pathlib
import tempfile
import zipfile
import zipimport


def trick(secret: str) -> str:
    archive = str(pathlib.Path(tempfile.mkdtemp(), "modules.zip"))
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("reader.py", "def read(path):\n    return open(path).read()\n")
    return zipimport.zipimporter(archive).load_module("reader").read(secret)
