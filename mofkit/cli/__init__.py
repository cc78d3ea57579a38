"""The command line: one module a command, and what they share.

Only this package reads and writes files, and only it knows click. Exit codes: 0 nothing at or above
the failing level, 1 findings or malformed data, 2 wrong usage, an OS error or an internal error,
130 interrupted.
"""

from mofkit.cli.main import run

__all__ = ["run"]
