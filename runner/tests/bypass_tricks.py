"""The sources of test/analyzer/bypass: each tries for real to get out, and says in its head what it tries and what becomes of it."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "test" / "analyzer" / "bypass"


@dataclass(frozen=True)
class Trick:
    """One source. `wants`: file, process, network, environment or code. `sandbox`: a part of what comes back from the sandbox."""

    path: Path
    trick: str
    wants: str
    sandbox: str
    #: Why it leaves no proof on a machine without a sandbox either; None for those that do.
    alone: str | None

    @property
    def name(self) -> str:
        return self.path.stem

    def code(self) -> str:
        return self.path.read_bytes().decode()

    def returns_file(self) -> bool:
        return "-> Path:" in self.code()

    def parameters(self) -> list[str]:
        """What it asks to be told of the machine that it is to get at."""
        functions = [node for node in ast.parse(self.path.read_bytes()).body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        [found] = [function for function in functions if function.name == "trick"]
        required = found.args.args[: len(found.args.args) - len(found.args.defaults)]
        return [argument.arg for argument in required]


def tricks() -> list[Trick]:
    return [read_trick(path) for path in sorted(FOLDER.glob("*.py"))]


def read_trick(path: Path) -> Trick:
    head = re.match(rb"(#[^\r\n]*\n)+", path.read_bytes())
    assert head is not None, path
    said = dict(line[2:].split(": ", 1) for line in head.group().decode().splitlines() if ": " in line)
    return Trick(path, said["trick"], said["wants"], said["sandbox"], said.get("alone"))
