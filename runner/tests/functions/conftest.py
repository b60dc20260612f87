"""What tests of functions share."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from function_call import FunctionCaller


@pytest.fixture
def functions(tmp_path: Path) -> FunctionCaller:
    return FunctionCaller(tmp_path)
