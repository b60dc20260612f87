"""Puts paths where inputs name files."""

from pathlib import Path
from typing import Any


def with_input_paths(value: Any, files: dict[str, str]) -> Any:
    """`value` with every string that is the digest of one of the job's files replaced by that file's path, however deep."""
    if isinstance(value, str):
        return Path(files[value]) if value in files else value
    if isinstance(value, list):
        return [with_input_paths(item, files) for item in value]
    if isinstance(value, dict):
        return {key: with_input_paths(item, files) for key, item in value.items()}
    return value
