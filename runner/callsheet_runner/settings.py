"""What the operator chose: command line first, then the environment."""

import argparse
import os
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit


class BadSetting(Exception):
    """A setting cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Settings:
    """Everything that `callsheet-runner` can be told."""

    url: str = ""
    token: str = field(default="", repr=False)
    pool: str = "default"
    name: str = ""
    slots: int = 1
    labels: Mapping[str, str] = field(default_factory=dict)
    #: Name → `module:callable` or `file.py:callable`, as given.
    handlers: Mapping[str, str] = field(default_factory=dict)
    handlers_modules: tuple[str, ...] = ("callsheet_runner.handlers",)
    models_dir: Path | None = None
    work_dir: Path = Path("~/.callsheet-runner")
    cache_gb: float = 20.0
    #: What a job may write that declares no disk_gb.
    job_disk_mb: int = 4096
    grace_seconds: float = 60.0
    allow_unsandboxed: bool = False
    #: Handlers, which the operator chose, run as plain processes; user code still goes into the sandbox.
    handlers_outside_sandbox: bool = False
    sandbox_read: tuple[Path, ...] = ()
    sandbox_env: tuple[str, ...] = ()
    log: Literal["text", "json"] = "text"
    once: bool = False


POOL = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")
POOL_RULE = "--pool is a-z and 0-9, with single . _ - between"
LABEL_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]{0,62}")


def settings_of(given: argparse.Namespace, environment: Mapping[str, str]) -> Settings:
    """Checks what was given, and fills up from `environment` and the defaults."""
    default = Settings()
    modules = () if given.no_shipped_handlers else default.handlers_modules
    return Settings(
        url=url_of(given.url or environment.get("CALLSHEET_URL", "http://127.0.0.1:8787")),
        token=token_of(given, environment),
        pool=matching(given.pool or environment.get("CALLSHEET_POOL", default.pool), POOL, POOL_RULE),
        name=name_of(given.name or environment.get("CALLSHEET_RUNNER_NAME") or socket.gethostname() or "runner"),
        slots=between(given.slots, 1, 256, "--slots"),
        labels=labels_of(given.label),
        handlers=pairs_of(given.handler, "--handler", "NAME=module:callable or NAME=file.py:callable"),
        handlers_modules=(*modules, *given.handlers_module),
        models_dir=models_of(given.models or environment.get("CALLSHEET_MODELS")),
        work_dir=Path(given.work_dir or environment.get("CALLSHEET_WORK_DIR") or default.work_dir).expanduser().resolve(),
        cache_gb=given.cache_gb,
        job_disk_mb=between(given.job_disk_mb, 1, 1 << 30, "--job-disk-mb"),
        grace_seconds=given.grace,
        allow_unsandboxed=given.allow_unsandboxed,
        handlers_outside_sandbox=given.handlers_outside_sandbox,
        sandbox_read=tuple(Path(path).expanduser().resolve() for path in given.sandbox_read),
        sandbox_env=tuple(given.sandbox_env),
        log=given.log,
        once=given.once,
    )


def url_of(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadSetting(f"--url is the registry's address, like https://callsheet.example; got {text!r}")
    return text.rstrip("/")


def token_of(given: argparse.Namespace, environment: Mapping[str, str]) -> str:
    if given.token_file:
        try:
            return Path(given.token_file).read_text().strip()
        except OSError as error:
            raise BadSetting(f"--token-file {given.token_file} cannot be read: {error.strerror}") from error
    return (given.token or environment.get("CALLSHEET_RUNNER_TOKEN", "")).strip()


def name_of(text: str) -> str:
    if not 1 <= len(text) <= 100 or not text.isprintable():
        raise BadSetting(f"--name is 1 to 100 characters that can be printed; got {text!r}")
    return text


def matching(text: str, pattern: re.Pattern[str], rule: str) -> str:
    if len(text) > 64 or not pattern.fullmatch(text):
        raise BadSetting(f"{rule}; got {text!r}")
    return text


def between(number: int, least: int, most: int, what: str) -> int:
    if not least <= number <= most:
        raise BadSetting(f"{what} is {least} to {most}; got {number}")
    return number


def labels_of(given: list[str]) -> dict[str, str]:
    labels = pairs_of(given, "--label", "KEY=VALUE")
    for key, value in labels.items():
        matching(key, LABEL_KEY, "a label's key is 1 to 63 letters, digits, _ . / -")
        if len(value) > 128 or not value.isprintable():
            raise BadSetting(f"a label's value is at most 128 characters that can be printed; got {value!r}")
    if len(labels) > 32:
        raise BadSetting(f"at most 32 labels; got {len(labels)}")
    return labels


def pairs_of(given: list[str], what: str, shape: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not name or not equals:
            raise BadSetting(f"{what} is {shape}; got {text!r}")
        pairs[name] = value
    return pairs


def models_of(text: str | None) -> Path | None:
    if text is None:
        return None
    path = Path(text).expanduser().resolve()
    if not path.is_dir():
        raise BadSetting(f"--models is a folder; {path} is none")
    return path


def environment_of_process() -> Mapping[str, str]:
    """The process's environment, with the token taken out of it: nothing that is started later inherits it."""
    environment = dict(os.environ)
    os.environ.pop("CALLSHEET_RUNNER_TOKEN", None)
    return environment
