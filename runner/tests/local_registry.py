"""A small registry that speaks the real protocol over real sockets: files, uploads, one pool."""

import asyncio
import hashlib
import json
import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from callsheet_runner.wire import FromRunner

PART_BYTES = 8 * 1024 * 1024


def digest_of(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


@dataclass
class Upload:
    digest: str
    size: int
    parts: dict[int, bytes] = field(default_factory=dict)


class LocalRegistry:
    """What a test may look at: `files`, `said` (every message of the runner), `uploads`."""

    def __init__(self, token: str = "runner-token") -> None:
        self.token = token
        self.files: dict[str, bytes] = {}
        self.uploads: dict[str, Upload] = {}
        self.said: list[Any] = []
        self.hellos: list[Any] = []
        self.lease_seconds = 30.0
        self.heartbeat_seconds = 10.0
        #: What `welcome` lets a runner keep; None: all that it names.
        self.keeps: list[tuple[str, int]] | None = None
        self.acknowledges = True
        #: Closes the connection upon hello, with this code.
        self.closes_with: int | None = None
        #: Answers no heartbeats.
        self.is_silent = False
        #: Answers of the next requests to files and uploads, before the real ones.
        self.troubles: list[int] = []
        #: Breaks the next download after so many bytes.
        self.break_after: int | None = None
        self.requests: list[str] = []
        self.socket: web.WebSocketResponse | None = None
        self._news = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def start(self, port: int = 0) -> str:
        app = web.Application(client_max_size=200 * 1024 * 1024, middlewares=[self._trouble])
        app.router.add_get("/v1/runners/connect", self._connect)
        app.router.add_get("/v1/files/{digest}", self._get_file)
        app.router.add_post("/v1/files", self._post_file)
        app.router.add_post("/v1/uploads", self._begin)
        app.router.add_get("/v1/uploads/{id}", self._show)
        app.router.add_put("/v1/uploads/{id}/parts/{part}", self._part)
        app.router.add_post("/v1/uploads/{id}:complete", self._complete)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        return self.url

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def stop(self) -> None:
        if self.socket is not None:
            await self.socket.close()
        if self._runner is not None:
            await self._runner.cleanup()

    # What a test does.

    def keep(self, content: bytes) -> str:
        digest = digest_of(content)
        self.files[digest] = content
        return digest

    def offer(self, **changes: Any) -> dict[str, Any]:
        """A job, valid by default."""
        files = [self.offered(digest) for digest in changes.pop("files", [])]
        needs = {
            "gpu": False,
            "vram_mb": 0,
            "cpu_cores": 1,
            "memory_mb": 512,
            "disk_mb": 0,
            "compute_capability": None,
            "memory_type": None,
            "packages": [],
            "models": [],
            "handler": None,
            "labels": {},
            "sandbox": False,
            **changes.pop("needs", {}),
        }
        run_id = changes.get("run_id", str(uuid.uuid4()))
        return {
            "type": "job",
            "run_id": run_id,
            "fence": 1,
            "attempt": 1,
            "kind": "template",
            "name": "test_template",
            "version": "1.0.0",
            "digest": digest_of(b"document"),
            "handler": "echo",
            "source": None,
            "inputs": {},
            "inputs_file": None,
            "files": files,
            "parameters": {},
            "quality": None,
            "outputs": {},
            "stages": None,
            "needs": needs,
            "device": None,
            "timeout_seconds": 20,
            "lease_expires_at": "2030-01-01T00:00:00.000Z",
            "files_url": f"/v1/files?run_id={run_id}&expires=9&signature=s",
            "uploads_url": f"/v1/uploads?run_id={run_id}&expires=9&signature=s",
            **changes,
        }

    def offered(self, digest: str, name: str | None = None) -> dict[str, Any]:
        size = len(self.files.get(digest, b""))
        url = f"/v1/files/{digest}?expires=9&signature=s"
        return {"digest": digest, "size_bytes": size, "media_type": "application/octet-stream", "name": name, "url": url}

    def source(self, code: str, entry: str, runtime: str = "python", **returns: Any) -> dict[str, Any]:
        """A function's code; it returns a mapping of its outputs unless `returns` says otherwise."""
        digest = self.keep(code.encode())
        url = f"/v1/files/{digest}?expires=9&signature=s"
        told = {"annotation": None, "shape": "fields", "names": ["value"], **returns}
        return {"digest": digest, "entry": entry, "media_type": "text/x-python", "runtime": runtime, "api": 1, "returns": told, "url": url}

    async def send(self, message: dict[str, Any]) -> None:
        await self.until(lambda: self.socket is not None)
        assert self.socket is not None
        await self.socket.send_str(json.dumps(message))

    async def until(self, holds: Any, seconds: float = 30.0) -> None:
        async with asyncio.timeout(seconds):
            while not holds():
                self._news.clear()
                await self._news.wait()

    def all(self, kind: str, run_id: str | None = None) -> list[Any]:
        return [one for one in self.said if one.type == kind and (run_id is None or one.run_id == run_id)]

    async def report(self, run_id: str, seconds: float = 30.0) -> Any:
        """The result or failure of a run, once it is said."""
        await self.until(lambda: self.all("result", run_id) or self.all("failure", run_id), seconds)
        return [*self.all("result", run_id), *self.all("failure", run_id)][0]

    async def do(self, seconds: float = 30.0, **changes: Any) -> Any:
        """Offers a job and waits for its report."""
        offer = self.offer(**changes)
        await self.send(offer)
        return await self.report(offer["run_id"], seconds)

    # What it answers.

    @web.middleware
    async def _trouble(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if not request.path.startswith("/v1/runners"):
            self.requests.append(f"{request.method} {request.path}")
            if self.troubles:
                return web.json_response({"code": "UNAVAILABLE", "detail": "trouble"}, status=self.troubles.pop(0))
        response: web.StreamResponse = await handler(request)
        return response

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.json_response({"code": "UNAUTHENTICATED", "detail": "no"}, status=401)
        socket = web.WebSocketResponse(protocols=["callsheet.runner.v1"])
        await socket.prepare(request)
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                await self._hear(socket, FromRunner.model_validate_json(message.data).root)
        if self.socket is socket:
            self.socket = None
            self._news.set()
        return socket

    async def _hear(self, socket: web.WebSocketResponse, message: Any) -> None:
        if message.type == "hello" and self.closes_with is not None:
            await socket.close(code=self.closes_with, message=b"not you")
        elif message.type == "hello":
            self.hellos.append(message)
            named = [(key.run_id, key.fence) for key in message.leases]
            kept = [key for key in named if self.keeps is None or key in self.keeps]
            leases = [{"run_id": run_id, "fence": fence} for run_id, fence in kept]
            welcome = {"type": "welcome", "approved": True, "lease_seconds": self.lease_seconds}
            await socket.send_json({**welcome, "heartbeat_seconds": self.heartbeat_seconds, "leases": leases})
            self.socket = socket
        else:
            self.said.append(message)
        if message.type == "heartbeat" and not self.is_silent:
            await socket.send_json({"type": "heard", "lost": []})
        if message.type in ("result", "failure", "release") and self.acknowledges:
            await socket.send_json({"type": "accepted", "run_id": message.run_id, "fence": message.fence})
        self._news.set()

    async def _get_file(self, request: web.Request) -> web.StreamResponse:
        content = self.files.get(request.match_info["digest"])
        if content is None:
            return web.json_response({"code": "FILE_NOT_FOUND", "detail": "no such file"}, status=404)
        begin = re.match(r"bytes=(\d+)-", request.headers.get("Range", ""))
        start = int(begin[1]) if begin else 0
        if start and start >= len(content):
            return web.json_response({"code": "RANGE_NOT_SATISFIABLE", "detail": "outside"}, status=416)
        rest = content[start:]
        if self.break_after is not None:
            broken = web.StreamResponse(status=206 if begin else 200, headers={"Content-Length": str(len(rest))})
            await broken.prepare(request)
            await broken.write(rest[: self.break_after])
            self.break_after = None
            assert request.transport is not None
            request.transport.close()
            return broken
        return web.Response(body=rest, status=206 if begin else 200)

    async def _post_file(self, request: web.Request) -> web.StreamResponse:
        content = await request.read()
        if digest_of(content) != request.query["digest"]:
            return web.json_response({"code": "DIGEST_MISMATCH", "detail": "other bytes"}, status=422)
        self.keep(content)
        return web.json_response(self._facts(request.query["digest"]), status=201)

    def _facts(self, digest: str) -> dict[str, Any]:
        facts = {"digest": digest, "size_bytes": len(self.files[digest]), "media_type": "application/octet-stream"}
        return {**facts, "name": None, "created_at": "2030-01-01T00:00:00.000Z"}

    async def _begin(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        known = next((key for key, upload in self.uploads.items() if upload.digest == asked["digest"]), None)
        key = known or str(uuid.uuid4())
        self.uploads.setdefault(key, Upload(asked["digest"], asked["size_bytes"]))
        return web.json_response(self._upload(key), status=201)

    def _upload(self, key: str) -> dict[str, Any]:
        upload = self.uploads[key]
        return {
            "id": key,
            "state": "open",
            "digest": upload.digest,
            "size_bytes": upload.size,
            "part_bytes": PART_BYTES,
            "part_count": -(-upload.size // PART_BYTES),
            "received": sorted(upload.parts),
            "expires_at": None,
            "path": f"/v1/uploads/{key}",
            "query": "?expires=9&signature=s",
        }

    async def _show(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(self._upload(request.match_info["id"]))

    async def _part(self, request: web.Request) -> web.StreamResponse:
        key = request.match_info["id"]
        if key not in self.uploads:
            return web.json_response({"code": "UPLOAD_NOT_FOUND", "detail": "gone"}, status=404)
        self.uploads[key].parts[int(request.match_info["part"])] = await request.read()
        return web.json_response(self._upload(key))

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        upload = self.uploads.pop(request.match_info["id"])
        content = b"".join(upload.parts[part] for part in sorted(upload.parts))
        if digest_of(content) != upload.digest:
            return web.json_response({"code": "DIGEST_MISMATCH", "detail": "other bytes"}, status=422)
        self.keep(content)
        return web.json_response(self._facts(upload.digest))
