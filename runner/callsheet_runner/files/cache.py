"""Downloaded files, kept by digest; those used longest ago go first when there are too many."""

import contextlib
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path


class FileCache:
    """`{root}/ab/abcdef…` for the file whose SHA-256 begins with ab. What lies there is whole and has been checked."""

    def __init__(self, root: Path, most_bytes: int) -> None:
        self._root = root
        self._most_bytes = most_bytes
        self._in_use: Counter[str] = Counter()

    def path_of(self, digest: str) -> Path:
        """Where the file lies, or would."""
        hexadecimal = digest.removeprefix("sha256:")
        return self._root / hexadecimal[:2] / hexadecimal

    def partial(self, digest: str) -> Path:
        """Where a download of it grows; a broken one is continued, after a restart too."""
        folder = self._root / "partial"
        folder.mkdir(exist_ok=True)
        return folder / digest.removeprefix("sha256:")

    def has(self, digest: str) -> bool:
        """Whether it is there; asking counts as use."""
        path = self.path_of(digest)
        with contextlib.suppress(OSError):
            os.utime(path)
            return True
        return False

    def keep(self, digest: str, checked: Path) -> Path:
        """Takes a file over, whose bytes were checked."""
        path = self.path_of(digest)
        path.parent.mkdir(exist_ok=True)
        checked.chmod(0o444)
        checked.rename(path)
        self.evict()
        return path

    @contextlib.contextmanager
    def using(self, digests: list[str]) -> Iterator[None]:
        """While this lasts, none of them is removed."""
        self._in_use.update(digests)
        try:
            yield
        finally:
            self._in_use.subtract(digests)

    def evict(self) -> None:
        """Removes what was used longest ago until the rest fits."""
        files = []
        for path in self._root.glob("*/*"):
            with contextlib.suppress(OSError):
                status = path.stat()
                files.append((status.st_mtime, status.st_size, path))
        total = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if total <= self._most_bytes:
                return
            if self._in_use[f"sha256:{path.name}"] <= 0:
                path.unlink(missing_ok=True)
                total -= size


def place_file(cached: Path, at: Path, is_shared: bool) -> None:
    """Gives a job its input: the cached file itself where the job cannot write to it (`is_shared`), else a copy."""
    at.parent.mkdir(parents=True, exist_ok=True)
    if is_shared:
        with contextlib.suppress(OSError):
            os.link(cached, at)
            return
    shutil.copyfile(cached, at)
    at.chmod(0o444)
