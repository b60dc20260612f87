"""Which modules a function can import here, beside Python's own."""

from importlib.metadata import packages_distributions


def packages() -> list[str]:
    """Top-level modules of all that is installed, sorted. Read from what installers wrote, without importing anything."""
    return sorted(name for name in packages_distributions() if name.isidentifier() and not name.startswith("_"))
