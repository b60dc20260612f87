"""A machine with something to steal, to spoil and to reach; afterwards it tells what got out."""

import asyncio
import contextlib
import os
import secrets
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil

#: The variable of the runner's environment that holds the secret too.
VARIABLE = "CALLSHEET_BYPASS_SECRET"


class BypassMachine:
    """`given` is what a trick may ask to be told."""

    def __init__(self, folder: Path) -> None:
        self.word = f"secret{secrets.token_hex(8)}"
        #: For how long what it starts sleeps, by which that is known.
        self.mark = 2000 + secrets.randbelow(5000)
        self._name = f"callsheet-bypass-{secrets.token_hex(8)}"
        self._folder = folder / "machine"
        self._secret = self._folder / "secret.txt"
        self._outside = self._folder / "outside"
        self._shared = Path("/dev/shm") / self._name
        self._reached: list[str] = []
        self._neighbour = subprocess.Popen(["sleep", "600"])
        self.port = 0

    async def start(self, servers: contextlib.AsyncExitStack) -> None:
        self._outside.mkdir(parents=True)
        # Nothing but the sandbox is to keep a job's own user out.
        for folder in (self._outside, self._folder):
            folder.chmod(0o777)
        for kept in (self._secret, self._shared):
            kept.write_text(self.word)
        os.environ[VARIABLE] = self.word
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        await servers.enter_async_context(server)
        self.port = server.sockets[0].getsockname()[1]
        await servers.enter_async_context(await asyncio.start_unix_server(self._accept, f"\0{self._name}"))
        datagrams, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: Datagrams(self._reached), ("127.0.0.1", self.port))
        servers.callback(datagrams.close)

    @property
    def given(self) -> dict[str, Any]:
        return {
            "secret": str(self._secret),
            "outside": str(self._outside / "written"),
            "shared": self._shared.name,
            "abstract": self._name,
            "variable": VARIABLE,
            "port": self.port,
            "mark": self.mark,
            "pid": self._neighbour.pid,
        }

    def proofs(self, told: str) -> list[str]:
        """What got out. `told`: all that the trick gave back."""
        stolen = [word for word in (self.word, "root:x:0:0", "secret-of-the-runner", "forged") if word in told]
        written = [str(path) for path in [*self._outside.iterdir(), self._poison()] if path.exists()]
        killed = ["killed"] if self._neighbour.poll() is not None else []
        return [*stolen, *written, *killed, *self._reached, *(f"runs {process.pid}" for process in self.left())]

    def left(self) -> list[psutil.Process]:
        """Processes that it started and that run on."""
        command = ["sleep", str(self.mark)]
        return [process for process in psutil.process_iter(["cmdline"]) if (process.info["cmdline"] or [])[-2:] == command]

    def stop(self) -> None:
        for process in self.left():
            process.kill()
        self._neighbour.kill()
        self._neighbour.wait()
        self._shared.unlink(missing_ok=True)
        self._poison().unlink(missing_ok=True)
        del os.environ[VARIABLE]

    def _poison(self) -> Path:
        return Path(np.__file__).with_name(f"poison_{self.mark}.py")

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reached.append("a connection")
        writer.close()


class Datagrams(asyncio.DatagramProtocol):
    """Notes that one came."""

    def __init__(self, reached: list[str]) -> None:
        self._reached = reached
        self._transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, address: Any) -> None:
        self._reached.append("a datagram")
        self._transport.sendto(b"answer", address)


@contextlib.asynccontextmanager
async def bypass_machine(folder: Path) -> AsyncIterator[BypassMachine]:
    made = BypassMachine(folder)
    try:
        async with contextlib.AsyncExitStack() as servers:
            await made.start(servers)
            yield made
    finally:
        made.stop()
