"""The runner's own folder: who it is, what it holds, what it could not hand over yet."""

import fcntl
import json
import os
import uuid
from pathlib import Path

from callsheet_runner.settings import BadSetting


class WorkDir:
    """```
    runner.json   {"runner_id"}, kept over restarts
    lock          held while a runner uses the folder
    files/        downloaded files by digest
    outbox/       results and failures that the registry has not acknowledged
    jobs/         one folder a job, empty between jobs
    models.json   SHA-256 of model files by path, size and time
    ```"""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = root / "files"
        self.outbox = root / "outbox"
        self.jobs = root / "jobs"
        self.model_hashes = root / "models.json"
        self._lock: int | None = None

    def open(self) -> None:
        """Makes the folder, for its owner's eyes only, and takes it for this process."""
        try:
            for folder in (self.root, self.files, self.outbox, self.jobs):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.root.chmod(0o700)
            self._lock = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise BadSetting(f"--work-dir {self.root} cannot be used: {error.strerror}") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BadSetting(f"another runner uses {self.root}; give each its own --work-dir") from error

    def close(self) -> None:
        """Lets another process have it; the end of this one does the same."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def runner_id(self) -> str:
        """This runner's id, made once."""
        path = self.root / "runner.json"
        try:
            return str(uuid.UUID(json.loads(path.read_text())["runner_id"]))
        except (OSError, ValueError, KeyError, TypeError):
            made = str(uuid.uuid4())
            write_safely(path, json.dumps({"runner_id": made}).encode())
            return made


def write_safely(path: Path, content: bytes) -> None:
    """Writes a file that is there whole or not at all, after a crash too."""
    beside = path.with_name(f".{path.name}.new")
    with open(beside, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
