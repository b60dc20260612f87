"""Model weights on this machine's disk."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from callsheet_runner.job import MODEL_SUFFIXES
from callsheet_runner.wire import PresentModel
from callsheet_runner.work_dir import write_safely

#: Deeper folders are a model's own parts.
DEPTH = 3
#: What makes a folder a model of its own: diffusers' and transformers' descriptions.
FOLDER_MARKS = ("model_index.json", "config.json")


def detect_models(folder: Path | None, most: int, hashes: "ModelHashes | None" = None) -> list[PresentModel]:
    """Models by name: a file's path without its suffix, a folder's path, `owner/name` of a hub's cache folder."""
    if folder is None:
        return []
    found: dict[str, PresentModel] = {}
    for name, file in models_in(folder, folder, DEPTH):
        found.setdefault(name, PresentModel(name=name, hash=hashes.of(file) if hashes and file else None))
    return sorted(found.values(), key=lambda model: model.name)[:most]


def models_in(folder: Path, top: Path, depth: int) -> Iterator[tuple[str, Path | None]]:
    for entry in entries_of(folder):
        name = entry.relative_to(top).as_posix()
        if entry.name.startswith("."):
            continue
        if entry.is_file() and entry.suffix in MODEL_SUFFIXES:
            yield name.removesuffix(entry.suffix), entry
        elif entry.is_dir() and entry.name.startswith("models--"):
            yield entry.name.removeprefix("models--").replace("--", "/"), None
        elif entry.is_dir() and any((entry / mark).exists() for mark in FOLDER_MARKS):
            yield name, None
        elif entry.is_dir() and depth > 1:
            yield from models_in(entry, top, depth - 1)


def entries_of(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


class ModelHashes:
    """SHA-256 of model files, calculated once for each path, size and time of change."""

    def __init__(self, kept_in: Path) -> None:
        self._kept_in = kept_in
        try:
            self._known: dict[str, str] = json.loads(kept_in.read_text())
        except (OSError, ValueError):
            self._known = {}

    def of(self, file: Path) -> str | None:
        """The hash when it is known; calculating it may take minutes, and nothing waits for that."""
        return self._known.get(key_of(file))

    def calculate(self, files: list[Path]) -> bool:
        """Fills in what is missing; tells whether anything was."""
        missing = [file for file in files if key_of(file) not in self._known]
        for file in missing:
            with open(file, "rb") as content:
                self._known[key_of(file)] = hashlib.file_digest(content, "sha256").hexdigest()
            write_safely(self._kept_in, json.dumps(self._known).encode())
        return bool(missing)


def model_files(folder: Path) -> list[Path]:
    """The single-file models of a folder."""
    return [file for _, file in models_in(folder, folder, DEPTH) if file is not None]


def key_of(file: Path) -> str:
    status = os.stat(file)
    return f"{file}:{status.st_size}:{status.st_mtime_ns}"
