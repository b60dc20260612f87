"""Finds the function to call: a handler in a module or a file, or a function in a run's own source."""

import importlib
import importlib.util
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from callsheet_runner.errors import DependencyMissingError, HandlerMissingError, JobError


def load_callable(target: str) -> Callable[..., Any]:
    """`package.module:name` or `/path/to/file.py:name`."""
    where, _, name = target.rpartition(":")
    module = load_file(Path(where)) if where.endswith(".py") else load_module(where)
    found: Any = module
    for part in name.split("."):
        found = getattr(found, part, None)
    if not callable(found):
        raise HandlerMissingError(f"{where} has no function {name}")
    return found


def load_module(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except Exception as error:
        raise import_failure(f"module {name}", error) from error


def load_file(path: Path) -> ModuleType:
    """Imports a file under its own name, with its folder on the search path, as `python file.py` would."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise HandlerMissingError(f"there is no file {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    sys.path.insert(0, str(path.parent))
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise import_failure(str(path), error) from error
    return module


def import_failure(what: str, error: Exception) -> Exception:
    if isinstance(error, JobError):
        return error
    if isinstance(error, ImportError):
        missing = f"package {error.name} is not installed" if error.name else "a package is not installed or does not load"
        return DependencyMissingError(f"{what} cannot be loaded: {missing} ({error})")
    last = traceback.format_exception_only(error)[-1].strip()
    return HandlerMissingError(f"{what} cannot be loaded: {last}")
