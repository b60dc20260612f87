# trick: connects with asyncio
# wants: network
# analysis: accepted
# sandbox: ConnectionRefusedError
import asyncio


async def trick(port: int) -> str:
    await asyncio.open_connection("127.0.0.1", port)
    return "connected"
