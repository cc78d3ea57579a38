"""`Findings`: where the binder's diagnostics are gathered."""

from __future__ import annotations

from typing import TypedDict, Unpack

from mofkit.diagnostics import Diagnostic, Fix, Related, Rule, Severity
from mofkit.source import SourceFile, Span

__all__ = ["Details", "Findings"]


class Details(TypedDict, total=False):
    """The fields of a `Diagnostic` that most do without."""

    severity: Severity
    related: tuple[Related, ...]
    notes: tuple[str, ...]
    help: str
    fix: Fix | None


class Findings:
    """The diagnostics so far. What a file that is included twice shows twice is kept once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, Span, str, str], Diagnostic] = {}

    def add(
        self, rule: Rule, message: str, source: SourceFile, span: Span, **details: Unpack[Details]
    ) -> None:
        """Record a finding."""
        self.add_diagnostic(Diagnostic(rule, message, source, span, **details))

    def add_diagnostic(self, diagnostic: Diagnostic) -> None:
        """Record a finding that another layer made."""
        key = (diagnostic.path, diagnostic.span, diagnostic.code, diagnostic.message)
        self._found.setdefault(key, diagnostic)

    def __len__(self) -> int:
        return len(self._found)

    def sorted(self) -> list[Diagnostic]:
        """Return the findings in order of path and place."""
        return sorted(self._found.values(), key=lambda diagnostic: diagnostic.sort_key)
