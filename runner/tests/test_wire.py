"""wire.py says what wire.schema.json says (and that says what the contract says: test/contract/runner-wire.test.ts)."""

import importlib.util
import sys
from pathlib import Path

import pytest

from callsheet_runner.wire import FromRunner, Hello

RUNNER = Path(__file__).parents[1]


def test_the_wire_types_are_those_of_the_schema(tmp_path: Path) -> None:
    pytest.importorskip("datamodel_code_generator")
    spec = importlib.util.spec_from_file_location("make_wire", RUNNER / "make_wire.py")
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    made.make_wire(tmp_path / "wire.py")
    # When it differs: `python runner/make_wire.py`.
    assert (RUNNER / "callsheet_runner" / "wire.py").read_text() == (tmp_path / "wire.py").read_text()


def test_numbers_stay_numbers_and_nulls_are_said() -> None:
    message = FromRunner.model_validate(
        {"type": "progress", "run_id": "r", "fence": 1, "stage": "s", "fraction": 1, "message": None, "preview": None}
    ).root
    assert '"fraction":1.0' in message.to_json() and '"message":null' in message.to_json()
    assert Hello.model_fields["protocol"].default == 1
    assert sys.version_info >= (3, 11)
