"""Which handlers a runner offers by itself."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from callsheet_runner import handlers

TEMPLATES = Path(__file__).parents[3] / "templates"


def test_each_handler_that_is_offered_can_be_loaded() -> None:
    offered = handlers.shipped_handlers()
    assert set(handlers.IMAGE_HANDLERS) <= set(offered)
    for target in offered.values():
        module, _, name = target.partition(":")
        assert callable(getattr(importlib.import_module(module), name))


def test_looking_for_handlers_imports_nothing_heavy() -> None:
    script = "import sys; from callsheet_runner.handlers import shipped_handlers; shipped_handlers(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"numpy", "scipy", "skimage", "PIL", "tifffile", "torch", "diffusers"} & set(loaded)


@pytest.mark.parametrize(
    ("missing", "offered"),
    [
        ("torch", set(handlers.IMAGE_HANDLERS)),
        ("diffusers", set(handlers.IMAGE_HANDLERS)),
        ("imagecodecs", set(handlers.DIFFUSION_HANDLERS)),
        ("PIL", set()),
        (None, {*handlers.IMAGE_HANDLERS, *handlers.DIFFUSION_HANDLERS}),
    ],
)
def test_what_could_only_fail_is_not_offered(monkeypatch, missing: str | None, offered: set[str]) -> None:
    monkeypatch.setattr(handlers, "find_spec", lambda name: None if name == missing else object())
    assert set(handlers.shipped_handlers()) == offered


def test_the_image_handlers_are_those_that_the_shipped_templates_name() -> None:
    named = {name for path in TEMPLATES.glob("*.yaml") for name in re.findall(r"^    handler: (\S+)", path.read_text(), re.M)}
    assert named == set(handlers.IMAGE_HANDLERS)
    # A template without a handler of its own is served by one of its own name.
    assert {path.stem for path in TEMPLATES.glob("*.yaml")} >= set(handlers.DIFFUSION_HANDLERS)
