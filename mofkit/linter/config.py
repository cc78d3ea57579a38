"""`LintConfig`: what somebody wants to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mofkit.diagnostics import Diagnostic, Severity
from mofkit.linter.dialect import Dialect

__all__ = ["LintConfig"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LintConfig:
    """Which findings to report, and how grave they are.

    Codes and families alike are given by how codes begin: `PRV`, `WDM1`, `SYN002`. The longer one
    wins where one is selected and another ignored; of equals, `ignore`.

    Attributes:
        select: report these only; empty means all that are more than information.
        extend_select: report these too.
        ignore: do not report these.
        severities: code or family → another severity.
        dialect: the kind of the files; None where each is to be looked at.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    dialect: Dialect | None = None

    def may_report(self, code: str) -> bool:
        """Say whether a rule has to run: some of its findings may be wanted."""
        chosen = _longest(self.select + self.extend_select, code)
        ignored = _longest(self.ignore, code)
        if self.select and not chosen:
            return False
        return ignored == 0 or chosen > ignored

    def wants(self, finding: Diagnostic) -> bool:
        """Say whether a finding is reported."""
        if not self.may_report(finding.code):
            return False
        is_chosen = _longest(self.select + self.extend_select, finding.code) > 0
        return is_chosen or finding.severity is not Severity.INFO

    def graded(self, finding: Diagnostic) -> Diagnostic:
        """Return a finding with the severity that was asked for; as it is, where none was."""
        n_chars = _longest(self.severities, finding.code)
        if not n_chars:
            return finding
        return replace(finding, severity=self.severities[finding.code[:n_chars]])


def _longest(prefixes: Mapping[str, object] | tuple[str, ...], code: str) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=0)
