"""How the full form looks: its colours, the strokes it draws with, and the room it has."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from mofkit.diagnostics.render.glyphs import glyph, visible
from mofkit.diagnostics.severity import Severity

__all__ = ["SEVERITY_STYLES", "Style", "Theme"]


class Style(StrEnum):
    """What a part of the output is, as the parameters of an ANSI colour sequence."""

    PLAIN = ""
    STRONG = "1"
    ERROR = "1;91"
    WARNING = "1;33"
    INFO = "1;36"
    FRAME = "1;94"  # the blue that is not bright can hardly be read on black
    RELATED = FRAME
    REMOVED = "31"
    ADDED = "32"
    FAINT = "2"


SEVERITY_STYLES = {
    Severity.ERROR: Style.ERROR,
    Severity.WARNING: Style.WARNING,
    Severity.INFO: Style.INFO,
}


class Strokes(NamedTuple):
    """The characters that frames are drawn with."""

    bar: str
    related: str  # under a related place; the finding itself has carets
    cut: str  # where a long line goes on
    gap: str  # where lines are left out
    # A span of several lines is bracketed at the left. Its first line is entered from the corner
    # `open_flush` when it starts with the span, otherwise by a run from `open_turn` to a caret.
    open_flush: str
    open_turn: str
    close: str
    run: str


_ASCII = Strokes(
    bar="|", related="-", cut="...", gap=":", open_flush="/", open_turn=" ", close="|", run="_"
)
_UNICODE = Strokes(
    bar="│", related="─", cut="…", gap="⋮", open_flush="╭", open_turn="╭", close="╰", run="─"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The choices of one rendering. `width_cells` is the room for a line of source."""

    color: bool
    ascii_only: bool
    width_cells: int

    @property
    def strokes(self) -> Strokes:
        """The characters to draw with."""
        return _ASCII if self.ascii_only else _UNICODE

    def paint(self, text: str, style: Style) -> str:
        """Return `text` in the style's colour, if colours are wanted."""
        if self.color and style and not text.isspace():
            return f"\x1b[{style}m{text}\x1b[0m"
        return text

    def visible(self, text: str) -> str:
        """Return `text` as it can safely be shown."""
        return visible(text, ascii_only=self.ascii_only)

    def glyph(self, character: str) -> str:
        """Return what stands for one character of source."""
        return glyph(character, ascii_only=self.ascii_only)
