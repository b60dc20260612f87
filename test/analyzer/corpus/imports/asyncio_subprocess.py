# expect error forbidden_import 5:8
# expect error forbidden_import 6:28
# expect error forbidden_import 7:6
import asyncio
import asyncio.subprocess
from asyncio import sleep, subprocess
from asyncio.subprocess import PIPE

from callsheet.memory import numpy


@numpy
async def look(image):
    await sleep(0)
    return image
