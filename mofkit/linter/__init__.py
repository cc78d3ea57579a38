"""The linter: rules over what MOF files declare.

`lint_bound` runs them; `registry.py` lists them; each is a file in `rules/`, whose docstring is its
page.
"""

from mofkit.linter.config import LintConfig
from mofkit.linter.dialect import Dialect
from mofkit.linter.engine import lint_bound, lint_units
from mofkit.linter.unit import FileSet, Unit

__all__ = ["Dialect", "FileSet", "LintConfig", "Unit", "lint_bound", "lint_units"]
