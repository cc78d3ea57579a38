"""What a fix would make of the source: the lines it changes, before and after.

Where a fix only puts something into a line, the new line is shown once, with `+` under what is
new; otherwise the old lines and the new ones, as a diff has them.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mofkit.diagnostics.render.line_view import view_line
from mofkit.diagnostics.render.sheet import Row, Sheet
from mofkit.diagnostics.render.theme import Style
from mofkit.source import Edit, SourceFile

__all__ = ["draw_suggestion"]

_MAX_LINES = 8


def draw_suggestion(sheet: Sheet, source: SourceFile, edits: Sequence[Edit]) -> None:
    """Add to `sheet` the lines that `edits` change; nothing where only line ends change."""
    hunks = [_hunk(source, group) for group in _groups(source, edits)]
    changed = [hunk for hunk in hunks if hunk.old != hunk.new]
    for number, hunk in enumerate(changed):
        if number:
            sheet.gap()
        else:
            sheet.beside()
        if hunk.inserted:
            _draw_insertions(sheet, hunk)
        else:
            _draw_difference(sheet, source, hunk)


class _Hunk(NamedTuple):
    """Whole lines around neighbouring edits, without line ends; `line` is the first one's number.

    `inserted` holds the columns in the new line, from 0 and half open, when all edits are
    insertions into this one line.
    """

    line: int
    old: list[str]
    new: list[str]
    inserted: list[tuple[int, int]]


def _groups(source: SourceFile, edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    """Yield the edits in order, those that share a line together."""
    group: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: edit.span):
        line = source.position(edit.span.start).line
        if group and line > source.position(group[-1].span.end).line:
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _hunk(source: SourceFile, edits: list[Edit]) -> _Hunk:
    line = source.position(edits[0].span.start).line
    last_line = source.position(edits[-1].span.end).line
    start = source.line_span(line).start
    # An edit may end between a CR and its LF, behind the end of the line's text.
    end = max(source.line_span(last_line).end, edits[-1].span.end)
    new, inserted = "", []
    done = start
    for edit in edits:
        new += source.text[done : edit.span.start]
        inserted.append((len(new), len(new) + len(edit.text)))
        new += edit.text
        done = edit.span.end
    new += source.text[done:end]
    only_insertions = all(edit.span.length == 0 for edit in edits)
    old_lines, new_lines = _lines(source.text[start:end]), _lines(new)
    in_one_line = only_insertions and len(new_lines) == 1
    return _Hunk(line, old_lines, new_lines, inserted if in_one_line else [])


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _draw_insertions(sheet: Sheet, hunk: _Hunk) -> None:
    view = view_line(hunk.new[0], sheet.theme, focus=hunk.inserted[0][0])
    sheet.source(hunk.line, view.shown)
    row = Row()
    for start, end in hunk.inserted:
        cells = view.cell(end) - view.cell(start)
        row.put(view.cell(start), "+" * cells, Style.ADDED)
    sheet.beside(row.painted(sheet.theme))


def _draw_difference(sheet: Sheet, source: SourceFile, hunk: _Hunk) -> None:
    head = _common_length(hunk.old, hunk.new)
    tail = _common_length(hunk.old[head:][::-1], hunk.new[head:][::-1])
    old = hunk.old[head : len(hunk.old) - tail]
    new = hunk.new[head : len(hunk.new) - tail]
    line = hunk.line + head
    if not old and line > 1:  # new lines alone would not say where they go
        sheet.source(line - 1, view_line(source.line_text(line - 1), sheet.theme).shown)
    focus = _common_length(old[0], new[0]) if old and new else 0
    _draw_lines(sheet, line, old, "-", Style.REMOVED, focus=focus)
    _draw_lines(sheet, line, new, "+", Style.ADDED, focus=focus)


def _draw_lines(
    sheet: Sheet, first: int, lines: list[str], sign: str, style: Style, *, focus: int
) -> None:
    count = len(lines) if len(lines) <= _MAX_LINES else _MAX_LINES - 1
    for number, text in enumerate(lines[:count], first):
        view = view_line(text, sheet.theme, focus=focus)
        sheet.source(number, sheet.theme.paint(view.shown, style), stroke=sign, style=style)
    if count < len(lines):
        sheet.gap(f"{len(lines) - count} more lines")


def _common_length(left: Sequence[str], right: Sequence[str]) -> int:
    """Return how many items, or characters, both start with."""
    pairs = zip(left, right, strict=False)
    return next(
        (index for index, (one, other) in enumerate(pairs) if one != other),
        min(len(left), len(right)),
    )
