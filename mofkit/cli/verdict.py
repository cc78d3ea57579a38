"""The verdict below the findings of `mofkit check`: what files install that runs by itself.

One screen for somebody who has to decide about a file: whether it installs a permanent event
subscription, at which events, what is run, as whom, and how sure that is. Facts only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from mofkit.cli.findings import counted
from mofkit.compiler import BindResult
from mofkit.diagnostics.render.theme import Style, Theme
from mofkit.linter import Unit
from mofkit.linter.verdict import Action, Certainty, Verdict, verdicts
from mofkit.preprocessor import Expansion

__all__ = ["Judgement", "judged", "render_verdict"]

_VERDICT: Final = "verdict:"
_MAX_VERDICTS: Final = 8
_MAX_NAMED: Final = 3
_MAX_LINES: Final = 12
_MAX_CELLS: Final = 100
_LABEL_CELLS: Final = 11
_MAX_WRAPPED: Final = 20_000  # characters; a longer line is no text for people

_HEADINGS: Final = {
    Certainty.CERTAIN: "installs a permanent event subscription",
    Certainty.POSSIBLE: "binds a permanent event subscription",
    Certainty.INCOMPLETE: "has a part of an event subscription",
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What files install.

    Attributes:
        found: the subscriptions, and parts of some.
        undecided: why there may be more, in words; empty where all could be read.
    """

    found: Sequence[Verdict]
    undecided: tuple[str, ...]

    @property
    def is_harmless(self) -> bool:
        """Whether it is sure that the files bind no subscription."""
        return not self.undecided and not any(one.is_installed for one in self.found)


def judged(bound: Sequence[BindResult], unexpanded: Sequence[str] = ()) -> Judgement:
    """Return what files install, those with errors as far as they could be read.

    Args:
        bound: the files.
        unexpanded: what the C preprocessor could not make of some, in words.
    """
    found = verdicts([Unit(one, is_recovered=True) for one in bound])
    partly = [one.files[0].source.path for one in bound if not one.is_complete]
    others = () if unexpanded or not partly else (f"{_enumerated(partly)} could not all be read",)
    return Judgement(found, (*unexpanded, *others))


def _enumerated(paths: Sequence[str]) -> str:
    more = len(paths) - _MAX_NAMED
    return ", ".join(paths[:_MAX_NAMED]) + (f" and {more} more" if more > 0 else "")


def render_verdict(
    judgement: Judgement,
    *,
    color: bool = False,
    ascii_only: bool = False,
    expansions: Sequence[Expansion] = (),
    n_suppressed: int = 0,
) -> str:
    """Return it in words; that the files install nothing, where that is so.

    Args:
        judgement: what `judged` gave.
        color: whether the terminal has colours, and they are wanted.
        ascii_only: whether the terminal has nothing else.
        expansions: of the files that went through the C preprocessor.
        n_suppressed: findings that comments keep from being reported.
    """
    found, undecided = judgement.found, judgement.undecided
    lines = [line for one in found[:_MAX_VERDICTS] for line in _lines(one, _place(one, expansions))]
    if len(found) > _MAX_VERDICTS:
        lines.append(f"… and {len(found) - _MAX_VERDICTS} more, in the findings")
    if not found and not undecided:
        lines.append(f"{_VERDICT} no part of a permanent event subscription is here")
    elif not found:
        lines += [f"{_VERDICT} undecided: {why}" for why in undecided[:_MAX_VERDICTS]]
    else:
        lines += [f"  ({why}: there may be more)" for why in undecided[:_MAX_VERDICTS]]
    if n_suppressed:
        said = counted(n_suppressed, "finding")
        are = "is" if n_suppressed == 1 else "are"
        lines.append(f"  ({said} {are} suppressed by comments; see --no-suppressions)")
    heading = Style.STRONG if judgement.is_harmless else Style.WARNING
    theme = Theme(color=color, ascii_only=ascii_only, width_cells=_MAX_CELLS)
    return "".join(f"{_painted(theme.visible(line), theme, heading)}\n" for line in lines)


def _painted(line: str, theme: Theme, heading: Style) -> str:
    """Return a line of the verdict with its heading or its label in colour."""
    if line.startswith(_VERDICT):
        said = theme.paint(line.removeprefix(_VERDICT), Style.STRONG)
        return theme.paint(_VERDICT, heading) + said
    label = line[: 2 + _LABEL_CELLS]
    is_label = label.startswith("  ") and not label.startswith("  (")
    return theme.paint(label, Style.FRAME) + line[len(label) :] if is_label else line


def _place(one: Verdict, expansions: Sequence[Expansion]) -> str:
    """Return path and line, in the file that somebody wrote."""
    source, span = one.at.source, one.at.name_span
    for expansion in expansions:
        if expansion.source is source:
            source, span, _ = expansion.place(span)
    return f"{source.path}:{source.position(span.start).line}"


def _lines(one: Verdict, place: str) -> Iterator[str]:
    heading = f"{_HEADINGS[one.certainty]}, in {one.namespace}"
    yield f"{_VERDICT} {place} {heading}"
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
