"""Loads a function's source, fresh, as a module of its own."""

import ast
import importlib.machinery
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import callsheet.memory
from callsheet_runner.child.foreign_decorators import accept_foreign_decorators
from callsheet_runner.errors import DependencyMissingError, HandlerMissingError

#: How it is called in tracebacks and in `sys.modules`.
MODULE_NAME = "function"


def load_source(path: Path, entry: str) -> Callable[..., Any]:
    """What the source binds to `entry`. What the source itself raises while it is read goes on as it is."""
    module = load_module(path)
    found = getattr(module, entry, None)
    if not callable(found):
        has = ", ".join(name for name, value in vars(module).items() if callable(value) and not name.startswith("_"))
        raise HandlerMissingError(f"the source has no function {entry}; it has {has or 'none'}")
    return found  # type: ignore[no-any-return]


def load_module(path: Path) -> ModuleType:
    accept_foreign_decorators()
    try:
        text = path.read_bytes()
        tree = ast.parse(text, str(path))
        code = compile(tree, str(path), "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError) as error:
        raise HandlerMissingError(f"the source is no Python that this runner's {sys.version.split()[0]} reads: {told(error)}") from error
    spec = importlib.util.spec_from_loader(MODULE_NAME, importlib.machinery.SourceFileLoader(MODULE_NAME, str(path)))
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    vars(module).update(bare_decorators(tree))
    # Dataclasses look their own module up there.
    sys.modules[MODULE_NAME] = module
    try:
        exec(code, vars(module))
    except ImportError as error:
        raise missing(error) from error
    return module


def told(error: Exception) -> str:
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}: {error.msg} (line {error.lineno})"
    return f"{type(error).__name__}: {error}"


def missing(error: ImportError) -> DependencyMissingError:
    """Names what is not installed."""
    if isinstance(error, ModuleNotFoundError) and error.name:
        top = error.name.partition(".")[0]
        return DependencyMissingError(f"the source needs the package {top}, which this runner does not have ({error})")
    return DependencyMissingError(f"the source imports what this runner's packages do not have: {error}")


def bare_decorators(tree: ast.Module) -> dict[str, Any]:
    """Decorators that the source uses by name alone. One that it imports or binds itself takes its place."""
    used: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for decorator in node.decorator_list:
                name = decorator.func if isinstance(decorator, ast.Call) else decorator
                if isinstance(name, ast.Name):
                    used.add(name.id)
    return {name: getattr(callsheet.memory, name) for name in callsheet.memory.__all__ if name in used}
