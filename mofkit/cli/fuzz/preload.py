"""Loading all of mofkit: Hypothesis takes constants for its inputs from the modules that are there.

If a module were loaded in the middle of a run, a run of one law alone would get other inputs from
the same seed.
"""

from __future__ import annotations

import pkgutil
from contextlib import suppress
from importlib import import_module

import mofkit

__all__ = ["load_everything"]

_NOT = ("mofkit.__main__", "mofkit.cli", "mofkit.syntax.generate_tables", "mofkit.syntax.lark_tree")


def load_everything() -> None:
    """Import the modules below `mofkit.cli`, but those that need what is not installed."""
    for found in pkgutil.walk_packages(mofkit.__path__, "mofkit."):
        if not found.name.startswith(_NOT):
            with suppress(ImportError):
                import_module(found.name)
