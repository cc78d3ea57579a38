"""The second pass of the binder: checks on the records of all files together.

Takes a `Scope`, reports to its findings. A module holds the checks of one subject; `suite.py` runs
them.
"""

from mofkit.compiler.checks.suite import check

__all__ = ["check"]
