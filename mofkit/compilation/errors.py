"""`CompileError`: MOF that no binary file can be made of."""

from __future__ import annotations

from collections.abc import Sequence

from mofkit.diagnostics import Diagnostic, Severity
from mofkit.errors import MofkitError

__all__ = ["CompileError"]


class CompileError(MofkitError):
    """There are errors.

    Attributes:
        diagnostics: everything that was found, warnings too, in order of path and place.
    """

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        errors = [found for found in diagnostics if found.severity is Severity.ERROR]
        first = errors[0]
        line, column = first.source.position(first.span.start)
        message = f"{first.path}:{line}:{column}: {first.message} ({first.code})"
        more = f", and {len(errors) - 1} more" if len(errors) > 1 else ""
        super().__init__(message + more)
