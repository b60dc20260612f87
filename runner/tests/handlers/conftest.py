"""What the tests of the handlers share: jobs that remember what they were told, and picture files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest

from callsheet_runner.job import Job


class WatchedJob(Job):
    """A job that keeps what its handler says."""

    def __init__(self, output_dir: Path, **given: Any) -> None:
        self.said: list[dict[str, Any]] = []
        super().__init__(output_dir=output_dir, send=self.said.append, **given)


@pytest.fixture(scope="session")
def make_job(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., WatchedJob]:
    """Makes a job with an empty output folder of its own."""
    return lambda **given: WatchedJob(tmp_path_factory.mktemp("outputs"), **given)


@pytest.fixture(scope="session")
def png_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[np.ndarray], Path]:
    """Writes pixels to a file without a suffix, as a runner's cache names them."""

    def write(pixels: np.ndarray) -> Path:
        path = tmp_path_factory.mktemp("inputs") / "picture"
        path.write_bytes(imagecodecs.png_encode(np.ascontiguousarray(pixels)))
        return path

    return write
