"""Which handlers this runner has, and where each lies. Nothing of theirs is imported here."""

import importlib
from dataclasses import dataclass
from pathlib import Path

from callsheet_runner.sandbox.mounts import module_path
from callsheet_runner.settings import BadSetting, Settings


@dataclass(frozen=True)
class Handler:
    """One handler: `target` is what the job's process loads, `path` what it must be able to read for that."""

    target: str
    path: Path | None


def handler_table(settings: Settings) -> dict[str, Handler]:
    """By name; what the operator names himself goes before what a module brings."""
    targets: dict[str, str] = {}
    for module in settings.handlers_modules:
        targets.update(brought_by(module))
    targets.update(settings.handlers)
    return {name: handler_of(name, target) for name, target in sorted(targets.items())}


def brought_by(module: str) -> dict[str, str]:
    try:
        shipped = importlib.import_module(module).shipped_handlers
    except (ImportError, AttributeError) as error:
        shape = "shipped_handlers() -> dict[name, 'module:callable']"
        raise BadSetting(f"--handlers-module {module} needs a function {shape}: {error}") from error
    return dict(shipped())


def handler_of(name: str, target: str) -> Handler:
    where, colon, callable_name = target.rpartition(":")
    if not colon or not where or not callable_name:
        raise BadSetting(f"--handler {name} is module:callable or file.py:callable; got {target!r}")
    if not 1 <= len(name) <= 128:
        raise BadSetting(f"a handler's name is 1 to 128 characters; got {name!r}")
    if where.endswith(".py"):
        return handler_in_file(name, Path(where).expanduser().resolve(), callable_name)
    path = module_path(where)
    if path is None:
        raise BadSetting(f"--handler {name}: there is no module {where}")
    return Handler(target, path)


def handler_in_file(name: str, file: Path, callable_name: str) -> Handler:
    if not file.is_file():
        raise BadSetting(f"--handler {name}: there is no file {file}")
    return Handler(f"{file}:{callable_name}", file)
