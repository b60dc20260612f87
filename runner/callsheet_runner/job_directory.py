"""A job's own folder: what it may read, what it may write."""

import contextlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from callsheet_runner.own_log import warn

#: Where a sandboxed job sees its folder.
INSIDE = Path("/job")


@dataclass(frozen=True)
class JobDirectory:
    """```
    job.json   what to do           (read)
    inputs/    its files            (read)
    output/    what it makes        (write)
    tmp/       /tmp of its sandbox  (write)
    shm/       /dev/shm             (write)
    etc/       passwd and group     (read)
    ```"""

    root: Path

    @property
    def file(self) -> Path:
        return self.root / "job.json"

    @property
    def inputs(self) -> Path:
        return self.root / "inputs"

    @property
    def output(self) -> Path:
        return self.root / "output"

    @property
    def tmp(self) -> Path:
        return self.root / "tmp"

    @property
    def shm(self) -> Path:
        return self.root / "shm"

    @property
    def etc(self) -> Path:
        return self.root / "etc"

    def make(self, uid: int | None) -> None:
        """Makes it empty. With `uid`, what may be written belongs to that user."""
        self.remove()
        for folder in (self.root, self.inputs, self.output, self.tmp, self.shm, self.etc):
            folder.mkdir(parents=True, mode=0o755)
        number = os.getuid() if uid is None else uid
        (self.etc / "passwd").write_text(f"job:x:{number}:{number}:job:/tmp:/bin/sh\n")
        (self.etc / "group").write_text(f"job:x:{number}:\n")
        if uid is not None:
            for folder in (self.output, self.tmp, self.shm):
                os.chown(folder, uid, uid)

    def remove(self) -> None:
        """Deletes it with all that the job left: folders without any rights, or deeper than paths reach."""
        with contextlib.suppress(OSError, RecursionError):
            shutil.rmtree(self.root)
        if self.root.exists():
            for command in (["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
                subprocess.run([*command, "--", str(self.root)], capture_output=True, check=False)
        if self.root.exists():
            warn("job_folder_left", f"{self.root} cannot be removed; it only takes room")
