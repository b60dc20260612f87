"""Sends files to the registry: small ones in one request, large ones in parts that can be continued."""

import asyncio
import hashlib
import mimetypes
import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from callsheet_runner.files.open_beneath import open_beneath
from callsheet_runner.files.transfer import Transfer, upload_failed
from callsheet_runner.outcome import Failed
from callsheet_runner.wire import Upload

#: From here on in parts.
LARGE_BYTES = 8 * 1024 * 1024
#: What an upload may find changed under it: begun again that often.
FRESH_STARTS = 5


@dataclass(frozen=True)
class Right:
    """A job's right to send files: two signed addresses."""

    files_url: str
    uploads_url: str


class Uploads:
    """Sends what jobs made. Patient: a finished job is not lost because the registry is away for minutes."""

    def __init__(self, transfer: Transfer) -> None:
        self._transfer = transfer

    async def send_output(self, right: Right, folder: Path, relative: str) -> str:
        """The digest under which the registry has the file now."""
        try:
            fd = open_beneath(folder, relative)
        except OSError as error:
            raise Failed("validation", "invalid_outputs", f"output file {relative} cannot be read: {error}") from error
        with os.fdopen(fd, "rb") as file:
            size = os.fstat(fd).st_size
            name = name_of(relative)
            if size < LARGE_BYTES:
                return await self.send_bytes(right, file.read(), name)
            digest = f"sha256:{(await asyncio.to_thread(hashlib.file_digest, file, 'sha256')).hexdigest()}"
            await self._send_parts(right, fd, size, digest, name)
            return digest

    async def send_bytes(self, right: Right, content: bytes, name: str) -> str:
        """As `send_output`, for bytes at hand."""
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        query = f"digest={digest}&name={quote(name)}&media_type={quote(media_type_of(name), safe='/')}"
        url = f"{self._transfer.absolute(right.files_url)}&{query}"
        headers = {"Content-Type": "application/octet-stream"}
        response = await self._transfer.insist(f"upload of {name}", lambda: self._transfer.http.post(url, content=content, headers=headers))
        if response.status_code not in (200, 201):
            raise upload_failed(response, f"output file {name}")
        return digest

    async def _send_parts(self, right: Right, fd: int, size: int, digest: str, name: str) -> None:
        request = {"digest": digest, "size_bytes": size, "name": name, "media_type": media_type_of(name)}
        begin = self._transfer.absolute(right.uploads_url)
        for _ in range(FRESH_STARTS):
            response = await self._transfer.insist(f"upload of {name}", lambda: self._transfer.http.post(begin, json=request))
            if response.status_code not in (200, 201):
                raise upload_failed(response, f"output file {name}")
            upload = Upload.model_validate(response.json())
            if upload.id is None or upload.state == "complete" or await self._fill(upload, fd, name):
                return
        raise Failed("transient", "upload_failed", f"output file {name}: its upload was lost {FRESH_STARTS} times")

    async def _fill(self, upload: Upload, fd: int, name: str) -> bool:
        """Sends the parts that are missing and puts them together. False when the upload is gone and must begin anew."""
        path, query = self._transfer.absolute(upload.path or ""), upload.query or ""
        for part in sorted(set(range(1, upload.part_count + 1)) - set(upload.received)):
            content = await asyncio.to_thread(os.pread, fd, upload.part_bytes, (part - 1) * upload.part_bytes)
            url = f"{path}/parts/{part}{query}"
            response = await self._transfer.insist(
                f"upload of {name}, part {part} of {upload.part_count}",
                lambda url=url, content=content: self._transfer.http.put(  # type: ignore[misc]
                    url, content=content, headers={"Content-Type": "application/octet-stream"}
                ),
            )
            if response.status_code == 404:
                return False
            if response.status_code != 200:
                raise upload_failed(response, f"output file {name}, part {part}")
        response = await self._transfer.insist(f"upload of {name}", lambda: self._transfer.http.post(f"{path}:complete{query}"))
        if response.status_code in (404, 409):
            # Beginning again continues an upload that is still open, and finds one that was completed.
            return False
        if response.status_code not in (200, 201):
            raise upload_failed(response, f"output file {name}")
        return True


def name_of(relative: str) -> str:
    """A file name that the registry takes."""
    name = re.sub(r"[\x00-\x1f\x7f-\x9f/\\]", "_", relative.rpartition("/")[2])
    return name.encode("utf-8", "replace").decode()[-255:] or "output"


def media_type_of(name: str) -> str:
    """By the name's suffix; the registry looks at the bytes anyway."""
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return guessed if re.fullmatch(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+", guessed) else "application/octet-stream"
