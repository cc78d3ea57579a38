"""The page that one diagnostic is drawn on: rows beside a gutter with line numbers.

The gutter is as wide as the largest number, which is known when the last row is in.
"""

from itertools import groupby
from typing import NamedTuple

from mofkit.diagnostics.render.theme import Style, Theme

__all__ = ["Row", "Sheet"]


class Row:
    """Cells of one terminal row, each with its style; later text covers earlier text."""

    def __init__(self) -> None:
        self._cells: list[tuple[str, Style]] = []

    def put(self, cell: int, text: str, style: Style = Style.PLAIN) -> None:
        """Write `text` from `cell` on, one character a cell."""
        missing = cell - len(self._cells)
        self._cells += [(" ", Style.PLAIN)] * missing
        self._cells[cell : cell + len(text)] = [(character, style) for character in text]

    def painted(self, theme: Theme) -> str:
        """Return the row with its colours."""
        runs = groupby(self._cells, key=lambda cell: cell[1])
        return "".join(
            theme.paint("".join(text for text, _ in cells), style) for style, cells in runs
        )


class _Line(NamedTuple):
    """One row: a line number or nothing, a space or nothing, the stroke beside it, and the rest."""

    number: str
    stroke: str
    body: str
    style: Style = Style.FRAME
    space: str = " "


class Sheet:
    """Collects rows and gives them as text, all bodies starting in the same cell."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._lines: list[_Line] = []

    def pointer(self, arrow: str, place: str) -> None:
        """Add the row that names a file and a place in it; its arrow leaves the gutter."""
        self._lines.append(_Line("", arrow, self.theme.visible(place), space=""))

    def source(
        self, number: int, body: str, *, stroke: str = "", style: Style = Style.FRAME
    ) -> None:
        """Add a line of source; `stroke` replaces the bar beside its number."""
        self._lines.append(_Line(str(number), stroke or self.theme.strokes.bar, body, style))

    def beside(self, body: str = "") -> None:
        """Add a row that belongs to the source above it."""
        self._lines.append(_Line("", self.theme.strokes.bar, body))

    def gap(self, body: str = "") -> None:
        """Add the sign that lines are left out."""
        self._lines.append(_Line("", self.theme.strokes.gap, body))

    def note(self, label: str, text: str) -> None:
        """Add `= label: text`, every further line of the text under the first."""
        first, *others = (self.theme.visible(line) for line in text.split("\n"))
        self._lines.append(_Line("", "=", f"{self.theme.paint(label, Style.STRONG)}: {first}"))
        indent = " " * len(f"{label}: ")
        self._lines += [_Line("", " ", indent + other) for other in others]

    def text(self) -> str:
        """Return all rows, each ended by a line end."""
        width = max((len(line.number) for line in self._lines), default=0)
        return "".join(f"{self._drawn(line, width)}\n" for line in self._lines)

    def _drawn(self, line: _Line, width: int) -> str:
        number = self.theme.paint(line.number.rjust(width), Style.FRAME)
        stroke = self.theme.paint(line.stroke, line.style)
        return f"{number}{line.space}{stroke} {line.body}".rstrip()
