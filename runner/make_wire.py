"""Writes callsheet_runner/wire.py from wire.schema.json (extra `dev`): `python runner/make_wire.py [OUTPUT]`."""

import subprocess
import sys
from pathlib import Path

#: Where this file lies.
HERE = Path(__file__).parent

OPTIONS = [
    "--input-file-type=jsonschema",
    "--output-model-type=pydantic_v2.BaseModel",
    "--target-python-version=3.11",
    "--enum-field-as-literal=all",
    "--use-one-literal-as-default",
    "--use-annotated",
    "--use-union-operator",
    "--use-standard-collections",
    "--collapse-root-models",
    "--disable-timestamp",
    "--formatters=builtin",
    "--base-class=callsheet_runner.message.Message",
    "--use-default",
]


def make_wire(output: Path) -> None:
    """Generates the types into `output`."""
    command = [sys.executable, "-W", "ignore", "-m", "datamodel_code_generator", "--input", "wire.schema.json", *OPTIONS]
    made = subprocess.run(command, cwd=HERE, check=True, capture_output=True, text=True)
    output.write_text(made.stdout)


if __name__ == "__main__":
    make_wire(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else HERE / "callsheet_runner" / "wire.py")
