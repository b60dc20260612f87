# trick: imports the module of asyncio that starts processes
# wants: process
# analysis: forbidden_import
# sandbox: started
# because: it ended with its job
from asyncio.subprocess import create_subprocess_shell


async def trick(mark: int) -> str:
    await create_subprocess_shell(f"setsid sleep {mark}", start_new_session=True)
    return "started"
