"""Source with its places marked: the lines around them, carets under them, labels beside them.

3 │ class Fan : CIM_Fan
  │       ─── in this class
4 │ {
5 │     uint32 Speed
  │                 ^
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mofkit.diagnostics.render.line_view import LineView, view_line
from mofkit.diagnostics.render.sheet import Row, Sheet
from mofkit.diagnostics.render.theme import Style, Theme
from mofkit.source import SourceFile, Span

__all__ = ["Place", "draw_frame"]


class Place(NamedTuple):
    """A span to mark with `stroke`, and what to write beside it, if anything."""

    span: Span
    label: str
    stroke: str
    style: Style
    bracketed: bool = False
    """Whether several lines are bracketed at the left; otherwise the first of them is marked."""


def draw_frame(sheet: Sheet, source: SourceFile, places: Sequence[Place]) -> None:
    """Add to `sheet` the lines of `source` that `places` are on, marked; one may be bracketed."""
    bracket: _Bracket | None = None
    marks: dict[int, list[_Mark]] = {}
    for place in places:
        extent = _extent(source, place.span)
        if place.bracketed and extent.last_line > extent.line:
            bracket = _Bracket(extent, place, source, sheet.theme)
        else:
            marks.setdefault(extent.line, []).append(_mark(extent, place, source))
    ends = (bracket.extent.line, bracket.extent.last_line) if bracket else ()
    previous = 0
    for line in _lines_shown({*marks, *ends}):
        if previous and line > previous + 1:
            sheet.gap(_lead(bracket, line))
        _draw_line(sheet, line, source.line_text(line), marks.get(line, []), bracket)
        previous = line


def _draw_line(
    sheet: Sheet, line: int, text: str, marks: list["_Mark"], bracket: "_Bracket | None"
) -> None:
    """Add one line of source and the rows under it that mark its places."""
    columns = [mark.start for mark in marks] + (bracket.columns(line) if bracket else [])
    view = view_line(text, sheet.theme, focus=min(columns, default=0))
    sheet.source(line, _lead(bracket, line, of_source=True) + view.shown)
    for row in _mark_rows(marks, view, sheet.theme):
        sheet.beside(_lead(bracket, line) + row.painted(sheet.theme))
    for turn in bracket.turns(line, view) if bracket else ():
        sheet.beside(turn)


def _lead(bracket: "_Bracket | None", line: int, *, of_source: bool = False) -> str:
    """Return what stands in front of the rows of `line`: of the source, or of what is below."""
    return bracket.lead(line, of_source=of_source) if bracket else ""


def _mark_rows(marks: list["_Mark"], view: LineView, theme: Theme) -> Iterator[Row]:
    """Yield the row of strokes, ending with the last label, then the other labels hung below it.

    ------ --- ^^^^ last label
    |      |
    |      second label
    first label
    """
    if not marks:
        return
    strokes, end = Row(), 0
    for mark in sorted(marks, key=lambda mark: mark.place.bracketed):  # the finding on top
        start_cell = view.cell(mark.start)
        cells = max(view.cell(mark.end) - start_cell, 1)
        strokes.put(start_cell, mark.place.stroke * cells, mark.place.style)
        end = max(end, start_cell + cells)
    hung = sorted((mark for mark in marks if mark.place.label), key=lambda mark: mark.start)
    if hung and hung[-1].start == max(mark.start for mark in marks):
        last = hung.pop().place
        strokes.put(end + 1, theme.visible(last.label), last.style)
    yield strokes
    if hung:
        yield _connectors(hung, view, theme)
    while hung:
        mark = hung.pop()
        row = _connectors([other for other in hung if other.start < mark.start], view, theme)
        row.put(view.cell(mark.start), theme.visible(mark.place.label), mark.place.style)
        yield row


def _connectors(marks: list["_Mark"], view: LineView, theme: Theme) -> Row:
    row = Row()
    for mark in marks:
        row.put(view.cell(mark.start), theme.strokes.bar, mark.place.style)
    return row


class _Bracket:
    """The stroke at the left that ties together the lines of one place.

    A place that starts its line is bracketed from that line on; otherwise a run under the line
    leads to the place's first character. A run under the last line leads to its last one.
    """

    def __init__(self, extent: "_Extent", place: Place, source: SourceFile, theme: Theme) -> None:
        self.extent = extent
        self._place = place
        self._theme = theme
        self._flush = not source.line_text(extent.line)[: extent.start].strip()

    def columns(self, line: int) -> list[int]:
        """Return the column that the bracket points at on `line`, if it does."""
        ends = {self.extent.line: self.extent.start, self.extent.last_line: self._last_column}
        return [ends[line]] if line in ends else []

    def lead(self, line: int, *, of_source: bool) -> str:
        """Return what stands in front of the rows of `line`."""
        first = line == self.extent.line
        if first and self._flush and of_source:
            return self._paint(self._theme.strokes.open_flush) + " "
        if (first and self._flush) or self.extent.line < line <= self.extent.last_line:
            return self._paint(self._theme.strokes.bar) + " "
        return "  "

    def turns(self, line: int, view: LineView) -> Iterator[str]:
        """Yield the rows below `line` in which the bracket turns towards the text."""
        strokes = self._theme.strokes
        if line == self.extent.line and not self._flush:
            yield self._turn(strokes.open_turn, view.cell(self.extent.start))
        if line == self.extent.last_line:
            yield self._turn(strokes.close, view.cell(self._last_column))

    @property
    def _last_column(self) -> int:
        return max(self.extent.end - 1, 0)

    def _turn(self, corner: str, cell: int) -> str:
        run = self._theme.strokes.run * (cell + 1)
        return self._paint(corner + run + self._place.stroke)

    def _paint(self, stroke: str) -> str:
        return self._theme.paint(stroke, self._place.style)


class _Extent(NamedTuple):
    """Where a span is on the screen: lines from 1, columns from 0, `end` exclusive."""

    line: int
    start: int
    last_line: int
    end: int


class _Mark(NamedTuple):
    """What is marked on one line: columns from 0."""

    start: int
    end: int
    place: Place


def _extent(source: SourceFile, span: Span) -> _Extent:
    line, column = source.position(span.start)
    # A span may end with a line end, which belongs to the line it ends.
    last_line, last_column = source.position(max(span.start, span.end - 1))
    length = source.line_span(last_line).length
    end = min(last_column, length) if span.length else column - 1
    return _Extent(line, column - 1, last_line, end)


def _mark(extent: _Extent, place: Place, source: SourceFile) -> _Mark:
    one_line = extent.line == extent.last_line
    end = extent.end if one_line else source.line_span(extent.line).length
    return _Mark(extent.start, end, place)


def _lines_shown(annotated: set[int]) -> list[int]:
    """Return the annotated lines, and each single line that would be left out between two.

    Such a line is as long as the sign that would stand for it.
    """
    return sorted(annotated | {line + 1 for line in annotated if line + 2 in annotated})
