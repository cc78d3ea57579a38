"""`reported`: of all that was found, what somebody wants to be told, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mofkit.diagnostics import Diagnostic
from mofkit.linter.config import ConfigOf
from mofkit.source import Span
from mofkit.syntax import ParseResult

__all__ = ["reported"]

_MARK = "mofkit:"  # in any case


def reported(
    findings: Iterable[Diagnostic],
    files: Iterable[ParseResult],
    config_of: ConfigOf,
    *,
    all_was_asked: bool = True,
    suppressed: list[Diagnostic] | None = None,
) -> list[Diagnostic]:
    """Return findings in order of path and place, each once, without those that are not wanted.

    Comments in `files` that suppress findings are obeyed. Those that suppress nothing are reported,
    unless `all_was_asked` is false: where no rules ran, nobody knows. What is wanted and suppressed
    is added to `suppressed`. A finding is left out where one of its causes is there.
    """
    unique = {
        (*found.sort_key, found.message): config_of(found.path).graded(found) for found in findings
    }
    in_order = [found for _, found in sorted(unique.items(), key=lambda pair: pair[0])]
    marked = {file.source: file for file in files if _MARK in file.source.text.lower()}
    if marked:
        from mofkit.linter.suppressions import suppress

        all_found = in_order
        in_order = suppress(all_found, marked.values(), config_of, report_unused=all_was_asked)
        if suppressed is not None:
            kept = set(map(id, in_order))
            gone = (found for found in all_found if id(found) not in kept)
            suppressed += [found for found in gone if config_of(found.path).wants(found)]
    return _without_echoes([found for found in in_order if config_of(found.path).wants(found)])


def _without_echoes(findings: list[Diagnostic]) -> list[Diagnostic]:
    """Leave out what is the same mistake as another finding, which is then as grave as both."""
    if not any(found.causes for found in findings):
        return findings
    gravest = {_key(found): found.severity for found in findings}
    kept = []
    for found in findings:
        told = gravest.keys() & {(one.code, one.source.path, one.span) for one in found.causes}
        for key in told:
            gravest[key] = max(gravest[key], found.severity)
        if not told:
            kept.append(found)
    return [replace(one, severity=gravest[_key(one)]) for one in kept]


def _key(found: Diagnostic) -> tuple[str, str, Span]:
    return (found.code, found.source.path, found.span)
