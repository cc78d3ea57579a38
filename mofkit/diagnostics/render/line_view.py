"""A line of source as it is shown: made harmless, and cut where it is too long for the screen."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from mofkit.diagnostics.render.glyphs import cell_count
from mofkit.diagnostics.render.theme import Theme

__all__ = ["LineView", "view_line"]


class LineView(NamedTuple):
    """The text on the screen, and the cell at which each of its source characters starts.

    `cells[i]` belongs to column `first_column + i`, columns counted from 0; the last entry is the
    cell behind the last character.
    """

    shown: str
    first_column: int
    cells: Sequence[int]

    def cell(self, column: int) -> int:
        """Return the cell of a column, or the nearest one shown."""
        return self.cells[min(max(column - self.first_column, 0), len(self.cells) - 1)]


def view_line(text: str, theme: Theme, *, focus: int = 0) -> LineView:
    """Return `text` as shown, with the column `focus`, or else its end, in sight."""
    if len(text) <= theme.width_cells and text.isascii() and text.isprintable():
        return LineView(text, 0, range(len(text) + 1))
    start, end = _window(text, theme, min(focus, len(text)))
    cut = theme.strokes.cut
    left, right = cut if start > 0 else "", cut if end < len(text) else ""
    glyphs = [theme.glyph(character) for character in text[start:end]]
    cells = accumulate(map(cell_count, glyphs), initial=len(left))
    return LineView(f"{left}{''.join(glyphs)}{right}", start, tuple(cells))


def _window(text: str, theme: Theme, focus: int) -> tuple[int, int]:
    """Return the part of `text` that there is room for, a third of it in front of `focus`.

    Only characters near `focus` are looked at: a binary file may be one line of megabytes.
    """
    room = theme.width_cells

    def cost(column: int) -> int:
        return max(1, cell_count(theme.glyph(text[column])))

    if len(text) <= room and sum(map(cost, range(len(text)))) <= room:
        return 0, len(text)
    start = end = focus
    used = 0
    while start > 0 and used + cost(start - 1) <= room // 3:
        start -= 1
        used += cost(start)
    while end < len(text) and used + cost(end) <= room:
        used += cost(end)
        end += 1
    while start > 0 and used + cost(start - 1) <= room:
        start -= 1
        used += cost(start)
    return start, end
