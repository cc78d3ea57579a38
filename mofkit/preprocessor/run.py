"""`Run`: what all files of one preprocessing share."""

from __future__ import annotations

from mofkit.diagnostics import Diagnostic, Related, Rule, Severity
from mofkit.preprocessor.budget import Budget
from mofkit.preprocessor.expander import Expander
from mofkit.preprocessor.macros import Macro
from mofkit.preprocessor.output import Output
from mofkit.source import IncludeError, Loader, SourceFile, Span

__all__ = ["HaltError", "Run"]


class HaltError(Exception):
    """It makes no sense to go on; the finding that says why is recorded."""


class Run:
    """The state of the preprocessor.

    Attributes:
        macros: name → definition, as of now.
        headers: path → file, in the order of their first use.
        open_files: those that are being read, less the last one; the outermost first.
        included_by: path of a header → where it is first included.
        once: paths of the headers that said `#pragma once`.
        findings: so far.
        is_complete: whether every header was there; if not, macros may be missing.
    """

    def __init__(self, loader: Loader | None) -> None:
        self.loader = loader
        self.macros: dict[str, Macro] = {}
        self.budget = Budget()
        self.expander = Expander(self.macros, self.budget)
        self.output = Output()
        self.headers: dict[str, SourceFile] = {}
        self.open_files: list[SourceFile] = []
        self.included_by: dict[str, Related] = {}
        self.once: set[str] = set()
        self.findings: list[Diagnostic] = []
        self.is_complete = True

    def report(
        self,
        rule: Rule,
        message: str,
        source: SourceFile,
        span: Span,
        *,
        related: tuple[Related, ...] = (),
        severity: Severity | None = None,
        help: str = "",  # noqa: A002  # as the field of Diagnostic
    ) -> None:
        """Record a finding."""
        if source.path in self.included_by:
            related += (self.included_by[source.path],)
        level = rule.severity if severity is None else severity
        self.findings.append(
            Diagnostic(rule, message, source, span, level, related=related, help=help)
        )

    def load(self, name: str, includer: str) -> SourceFile:
        """Return a header.

        Raises:
            IncludeError: it cannot be had.
        """
        if self.loader is None:
            raise IncludeError(name, includer=includer, reason="nothing loads headers here")
        header = self.loader.load(name, includer=includer)
        return self.headers.setdefault(header.path, header)
