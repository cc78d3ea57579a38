"""Making fixes: those of one round that do not touch one another, on one file.

Fixes are made round by round, and what is wrong is looked for again after each: mending one thing
can show another, or mend it, too. `cli` goes round; this module knows one file and its findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from mofkit.diagnostics import Diagnostic, Fix, Safety, Severity
from mofkit.source import Edit, SourceFile, apply_edits
from mofkit.source.encoding import encode
from mofkit.syntax import parse

__all__ = ["FixedFile", "fix_file", "is_fixable"]


class FixedFile(NamedTuple):
    """A file after a round; `n_fixes` is 0 where it is as it was."""

    source: SourceFile
    n_fixes: int


def is_fixable(found: Diagnostic, *, unsafe: bool) -> bool:
    """Say whether a finding has a fix that may be made; those for display never are."""
    safeties = (Safety.SAFE, Safety.UNSAFE) if unsafe else (Safety.SAFE,)
    return found.fix is not None and bool(found.fix.edits) and found.fix.safety in safeties


def fix_file(source: SourceFile, findings: Iterable[Diagnostic], *, unsafe: bool) -> FixedFile:
    """Make the fixes of findings about a file, in order of place.

    Left for the next round are those that touch one already taken. Left for good are those whose
    text the file's encoding lacks, and all of the file if they would make an error of syntax that
    was not there.

    Args:
        source: the file.
        findings: of this file, in order of place.
        unsafe: whether fixes may change what the file means.
    """
    taken: list[Edit] = []
    n_fixes = end = 0
    crlf = _has_crlf_only(source)
    for found in findings:
        if found.fix is None or not is_fixable(found, unsafe=unsafe):
            continue
        edits = _edits(source, found.fix, crlf=crlf)
        if edits and edits[0].span.start >= end and _can_make(source, edits):
            taken += edits
            n_fixes += 1
            # An edit at the very place where another ends may belong to the same mistake.
            end = edits[-1].span.end + 1
    if not taken:
        return FixedFile(source, 0)
    fixed = apply_edits(source, taken)
    if _n_errors(fixed) > _n_errors(source):
        return FixedFile(source, 0)
    return FixedFile(fixed, n_fixes)


def _edits(source: SourceFile, fix: Fix, *, crlf: bool) -> list[Edit]:
    """Return the edits of a fix that change something, in order."""
    edits = sorted(fix.edits, key=lambda edit: edit.span)
    if crlf:
        edits = [Edit(span, re.sub("\r?\n", "\r\n", text)) for span, text in edits]
    return [edit for edit in edits if source.text[slice(*edit.span)] != edit.text]


def _has_crlf_only(source: SourceFile) -> bool:
    n_crlf = source.text.count("\r\n")
    return n_crlf > 0 and n_crlf == source.text.count("\n")


def _can_make(source: SourceFile, edits: list[Edit]) -> bool:
    """Say whether edits, in order, do not overlap, and the file's encoding has their text."""
    if any(after.span.start < before.span.end for before, after in pairwise(edits)):
        return False
    try:
        for edit in edits:
            encode(edit.text, source.encoding)
    except UnicodeEncodeError:
        return False
    return True


def _n_errors(source: SourceFile) -> int:
    return sum(found.severity is Severity.ERROR for found in parse(source).diagnostics)
