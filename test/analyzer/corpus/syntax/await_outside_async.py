# expect error syntax_error 6:5
import asyncio


def wait(seconds: float) -> float:
    await asyncio.sleep(seconds)
    return seconds
