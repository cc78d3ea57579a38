"""`LintConfig`: what somebody wants to be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from mofkit.diagnostics import Diagnostic, Severity
from mofkit.linter.dialect import Dialect

__all__ = ["ConfigOf", "LintConfig", "as_config_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LintConfig:
    """Which findings to report, and how grave they are.

    Codes and families alike are given by how codes begin: `PRV`, `WDM1`, `SYN002`. The longer one
    wins where one is selected and another ignored; of equals, `ignore`.

    Attributes:
        select: report these only; empty means all from `level` on.
        extend_select: report these too.
        ignore: do not report these.
        exclude: do not report these, whatever is selected.
        severities: code or family → another severity.
        dialect: the kind of the files; None where each is to be looked at.
        level: the lowest severity that is reported of what is not selected.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    dialect: Dialect | None = None
    level: Severity = Severity.WARNING

    def may_report(self, code: str) -> bool:
        """Say whether a rule has to run: some of its findings may be wanted."""
        if code.startswith(self.exclude):
            return False
        chosen = _longest(self.select + self.extend_select, code)
        ignored = _longest(self.ignore, code)
        if self.select and not chosen:
            return False
        return ignored == 0 or chosen > ignored

    def may_report_info(self, code: str) -> bool:
        """Say whether a rule has to run that finds nothing graver than information."""
        is_chosen = _longest(self.select + self.extend_select, code) > 0
        is_raised = _longest(self.severities, code) > 0
        return self.may_report(code) and (is_chosen or is_raised or self.level <= Severity.INFO)

    def wants(self, finding: Diagnostic) -> bool:
        """Say whether a finding is reported."""
        if not self.may_report(finding.code):
            return False
        is_chosen = _longest(self.select + self.extend_select, finding.code) > 0
        return is_chosen or finding.severity >= self.level

    def graded(self, finding: Diagnostic) -> Diagnostic:
        """Return a finding with the severity that was asked for; as it is, where none was."""
        n_chars = _longest(self.severities, finding.code)
        if not n_chars:
            return finding
        return replace(finding, severity=self.severities[finding.code[:n_chars]])


ConfigOf: TypeAlias = Callable[[str], LintConfig]
"""From the path of a file to what holds for it."""


def as_config_of(config: LintConfig | ConfigOf) -> ConfigOf:
    """Return what holds for each file, of one configuration for all or of a function."""
    if isinstance(config, LintConfig):
        return lambda _path: config
    return config


def _longest(prefixes: Mapping[str, object] | tuple[str, ...], code: str) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=0)
