"""The linter: rules over what MOF files declare.

`lint_bound` runs them; `registry.py` lists them; each is a file in `rules/`, whose docstring is its
page. The names below are loaded when they are first used: who only reads bytes and syntax needs
the configuration, and none of the rest.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mofkit.linter.config import ConfigOf as ConfigOf
    from mofkit.linter.config import LintConfig as LintConfig
    from mofkit.linter.dialect import Dialect as Dialect
    from mofkit.linter.engine import lint_bound as lint_bound
    from mofkit.linter.engine import lint_units as lint_units
    from mofkit.linter.unit import FileSet as FileSet
    from mofkit.linter.unit import Unit as Unit

_MODULE_OF = {
    "ConfigOf": "config",
    "Dialect": "dialect",
    "FileSet": "unit",
    "LintConfig": "config",
    "Unit": "unit",
    "lint_bound": "engine",
    "lint_units": "engine",
}

__all__ = [*_MODULE_OF]  # noqa: PLE0604  # the keys are strings


def __getattr__(name: str) -> object:
    if name in _MODULE_OF:
        return getattr(import_module(f"mofkit.linter.{_MODULE_OF[name]}"), name)
    raise AttributeError(f"module 'mofkit.linter' has no attribute {name!r}")
