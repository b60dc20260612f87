# expect error forbidden_import 10:20
# expect error forbidden_import 17:10
from callsheet.memory import numpy


@numpy
def look(image):
    def inner():
        if image.size:
            import socket
            return socket.gethostname()

    return image


class Reader:
    from shutil import copyfile
