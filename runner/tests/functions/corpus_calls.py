"""The calls that files of test/analyzer/corpus say of themselves in their first lines."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[3]
CORPUS = REPOSITORY / "test" / "analyzer" / "corpus"
ANALYSE = Path(__file__).parent / "analyse.mjs"


@dataclass(frozen=True)
class CorpusCall:
    """`# call [NAME] {inputs} => {outputs}`, or `# call-image [NAME] {inputs}`, whose outputs nobody wrote down: None."""

    file: Path
    line: int
    name: str | None
    inputs: dict[str, Any]
    outputs: dict[str, Any] | None

    @property
    def title(self) -> str:
        return f"{self.file.relative_to(REPOSITORY)}:{self.line}"


def corpus_calls(folder: Path = CORPUS) -> list[CorpusCall]:
    """All calls of all Python files, in order."""
    return [call for file in sorted(folder.rglob("*.py")) for call in calls_of(file)]


def calls_of(file: Path) -> list[CorpusCall]:
    calls = []
    # A source can have bytes that are no UTF-8; its head has none.
    for number, line in enumerate(file.read_bytes().split(b"\n"), 1):
        text = line.decode("utf-8", "replace").strip()
        if not text.startswith("#"):
            break
        kind, _, rest = text.removeprefix("#").strip().partition(" ")
        if kind in ("call", "call-image"):
            calls.append(call_of(file, number, kind, rest.strip()))
    return calls


def call_of(file: Path, line: int, kind: str, text: str) -> CorpusCall:
    name, brace, rest = text.partition("{")
    inputs, end = json.JSONDecoder().raw_decode(brace + rest)
    after = (brace + rest)[end:].strip()
    if kind == "call" and not after.startswith("=>"):
        raise ValueError(f"{file}:{line}: a call is `# call [NAME] {{inputs}} => {{outputs}}`")
    return CorpusCall(file, line, name.strip() or None, inputs, json.loads(after[2:]) if kind == "call" else None)


def node_program() -> str | None:
    """The Node that the repository installed, or the machine's."""
    own = REPOSITORY / "node_modules" / ".bin" / "node"
    return str(own) if own.exists() else shutil.which("node")


def analysed(files: list[Path]) -> dict[Path, dict[str, Any]]:
    """What the analyzer finds in each file."""
    node = node_program()
    if node is None:
        raise FileNotFoundError("there is no node, which the analyzer needs")
    given = json.dumps([str(file) for file in files])
    environment = {**os.environ, "NODE_NO_WARNINGS": "1"}
    done = subprocess.run([node, str(ANALYSE)], input=given, capture_output=True, text=True, check=False, env=environment, timeout=120)
    if done.returncode != 0:
        raise RuntimeError(f"the analyzer does not start: {done.stderr[-2000:]}")
    return dict(zip(files, json.loads(done.stdout), strict=True))
