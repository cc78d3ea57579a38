"""The verdict below the findings of `mofkit check`: what files install that runs by itself.

One screen for somebody who has to decide about a file: whether it installs a permanent event
subscription, at which events, what is run, as whom, and how sure that is. Facts only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Final

from mofkit.compiler import BindResult
from mofkit.diagnostics.render.glyphs import visible
from mofkit.linter import Unit
from mofkit.linter.verdict import Action, Certainty, Verdict, verdicts

__all__ = ["render_verdict"]

_MAX_VERDICTS: Final = 8
_MAX_LINES: Final = 12
_MAX_CELLS: Final = 100
_LABEL_CELLS: Final = 11
_MAX_WRAPPED: Final = 20_000  # characters; a longer line is no text for people

_HEADINGS: Final = {
    Certainty.CERTAIN: "installs a permanent event subscription",
    Certainty.POSSIBLE: "binds a permanent event subscription",
    Certainty.INCOMPLETE: "has a part of an event subscription",
}


def render_verdict(bound: Sequence[BindResult], *, ascii_only: bool = False) -> str:
    """Return what files install, in words; that they install nothing, where that is so."""
    units = [Unit(one) for one in bound]
    found = verdicts(units)
    lines = [line for one in found[:_MAX_VERDICTS] for line in _lines(one)]
    if not found:
        lines.append("verdict: no part of a permanent event subscription is here")
    if len(found) > _MAX_VERDICTS:
        lines.append(f"… and {len(found) - _MAX_VERDICTS} more, in the findings")
    if not all(unit.is_complete for unit in units):
        lines.append("  (not all of the files could be read: there may be more)")
    return "".join(f"{visible(line, ascii_only=ascii_only)}\n" for line in lines)


def _lines(one: Verdict) -> Iterator[str]:
    heading = f"{_HEADINGS[one.certainty]}, in {one.namespace}"
    yield f"verdict: {one.path}:{one.line} {heading}"
    if one.query is not None:
        yield from _labelled("when", one.query)
        yield from _labelled("", f"(events of {one.query_namespace})")
    if one.action is not None:
        yield from _action_lines(one.action)
    if one.persistence:
        yield from _labelled("stays", "\n".join(one.persistence))
    yield from _labelled(one.certainty.value, "\n".join(one.reasons))


def _action_lines(action: Action) -> Iterator[str]:
    yield from _labelled("does", action.in_words)
    yield from _labelled("", action.text, "| ")
    for hidden in action.hidden:
        yield from _labelled("decoded", f"{hidden.form}:")
        yield from _labelled("", hidden.text, "| ")
    if action.marks:
        yield from _labelled("marks", ", ".join(mark.what for mark in action.marks))


def _broken(line: str, room: int) -> list[str]:
    """Return a line in parts of at most `room` columns, broken at spaces where it has some."""
    if len(line) <= room:
        return [line] if line else []
    if " " not in line or len(line) > _MAX_WRAPPED:
        return [line[at : at + room] for at in range(0, len(line), room)]
    return wrap(line, room, replace_whitespace=False)


def _labelled(label: str, text: str, margin: str = "") -> Iterator[str]:
    """Yield the lines of a text beside a label, long ones broken; the first ones only."""
    room = _MAX_CELLS - _LABEL_CELLS - len(margin)
    lines = [part for line in text.splitlines() for part in _broken(line.rstrip(), room)]
    for number, line in enumerate(lines[:_MAX_LINES]):
        yield f"  {'' if number else label:<{_LABEL_CELLS}}{margin}{line}"
    if len(lines) > _MAX_LINES:
        yield f"  {'':<{_LABEL_CELLS}}{margin}… {len(lines) - _MAX_LINES} more lines"
