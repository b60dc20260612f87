"""The Callsheet runner: takes jobs from a registry's pool and does each in a process of its own."""

__version__ = "0.1.0"
