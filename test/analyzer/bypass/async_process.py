# trick: starts a process with asyncio, in a session of its own
# wants: process
# analysis: accepted
# sandbox: started
# because: it ended with its job
import asyncio


async def trick(mark: int) -> str:
    await asyncio.create_subprocess_exec("sleep", str(mark), start_new_session=True)
    return "started"
