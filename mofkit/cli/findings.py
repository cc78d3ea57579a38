"""Findings on a terminal: in full, and how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from mofkit.cli.terminal import is_ascii_only, wants_colour

if TYPE_CHECKING:
    from mofkit.diagnostics import Diagnostic

__all__ = ["counted", "full_text", "tally"]


def full_text(findings: Sequence[Diagnostic], stream: TextIO) -> str:
    """Return the findings in full, with the places marked, as the stream can show them."""
    from mofkit.diagnostics.render import full

    return full.render(findings, color=wants_colour(stream), ascii_only=is_ascii_only(stream))


def tally(findings: Sequence[Diagnostic]) -> str:
    """Return how many there are of each severity: `1 error and 2 warnings`."""
    counts = Counter(finding.severity for finding in findings)
    parts = [counted(counts[severity], severity.label) for severity in sorted(counts, reverse=True)]
    return " and ".join(parts)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `2 files`."""
    return f"{number:,} {noun}" if number == 1 or noun == "info" else f"{number:,} {noun}s"
