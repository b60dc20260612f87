"""Other names under which sources know our decorators."""

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

import callsheet.memory

#: Modules of OpenHCS that sources import decorators from, with those that lead there.
PACKAGES = ("openhcs", "openhcs.core", "openhcs.core.memory", "openhcs.core.memory.decorators")
WITH_DECORATORS = ("openhcs.core.memory", "openhcs.core.memory.decorators")


class ForeignDecorators:
    """A finder and its loader. Makes those modules when they are imported and nothing else has them: a real OpenHCS goes before."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """The last of all finders, so it is asked only about what is not installed."""
        # importlib asks for the methods alone; its base classes take as long to import as all the rest here.
        return ModuleSpec(name, self, is_package=True) if name in PACKAGES else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> None:
        """An ordinary module will do."""

    def exec_module(self, module: ModuleType) -> None:
        """Fills it."""
        if module.__name__ in WITH_DECORATORS:
            for name in callsheet.memory.__all__:
                setattr(module, name, getattr(callsheet.memory, name))


def accept_foreign_decorators() -> None:
    """From now on, in this process."""
    if not any(isinstance(finder, ForeignDecorators) for finder in sys.meta_path):
        sys.meta_path.append(ForeignDecorators())
