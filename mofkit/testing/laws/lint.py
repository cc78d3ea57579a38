"""Laws of the linter: whatever the text, each rule has an answer, which is about that text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import mofkit
from mofkit.diagnostics import Severity
from mofkit.linter import LintConfig
from mofkit.linter.dialect import Dialect
from mofkit.linter.unit import Unit
from mofkit.linter.verdict import verdicts
from mofkit.source import SourceFile
from mofkit.syntax import parse
from mofkit.testing.laws.law import PROMISE, Kind, Law
from mofkit.testing.laws.places import findings_fault
from mofkit.testing.spelling import spell

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["LINT"]


def _is_judged(data: bytes) -> str:
    """Ask all rules for one kind of file, which depends on the length, as each takes its time."""
    dialects = [*Dialect]
    config = LintConfig(level=Severity.INFO, dialect=dialects[len(data) % len(dialects)])
    source = SourceFile.from_bytes(data, path="a.mof")
    findings = mofkit.lint([parse(source)], config)
    if fault := findings_fault(findings):
        return fault
    if [found.sort_key for found in findings] != sorted(found.sort_key for found in findings):
        return "the findings are in no order"
    again = mofkit.lint([parse(source)], config)
    return "" if findings == again else "a second time there are others"


def _has_a_verdict(data: bytes) -> str:
    bound = mofkit.bind([mofkit.parse_bytes(data)])
    found = verdicts([Unit(bound, is_recovered=True)])
    return "" if all(one.line > 0 for one in found) else "a verdict without a place"


def _texts() -> SearchStrategy[str]:
    from mofkit.testing import strategies

    drivers = strategies.driver_schemas() | strategies.provider_registrations()
    return drivers.map(spell) | strategies.subscription_files() | strategies.tidy_files()


LINT: Final = Kind(
    _texts,
    (),
    (
        Law("any text is judged", PROMISE, _is_judged),
        Law("any text has a verdict", PROMISE, _has_a_verdict),
    ),
    lambda text: text.encode("utf-8", "replace"),
    suffix=".mof",
    is_text=True,
)
