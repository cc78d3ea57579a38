"""A page of lines for a terminal: headings, and lines below them, each in its style.

What comes from a file is made visible before it is coloured: no control character gets through.
"""

from mofkit.diagnostics.render.theme import Style, Theme

__all__ = ["Page"]


class Page:
    r"""Lines in the colours and characters of a theme.

    >>> page = Page(Theme(color=False, ascii_only=True, width_cells=80))
    >>> page.title("Blocks")
    >>> page.line("Fan\x1b[31m")
    >>> print(page.text(), end="")
    Blocks
      Fan<U+001B>[31m
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._lines: list[str] = []

    def text(self) -> str:
        """Return all lines."""
        return "".join(f"{line.rstrip()}\n" for line in self._lines)

    def title(self, text: str) -> None:
        """Add a heading, with a line free above it."""
        if self._lines:
            self._lines.append("")
        self._lines.append(self._theme.paint(self._theme.visible(text), Style.STRONG))

    def line(self, text: str, style: Style = Style.PLAIN) -> None:
        """Add a line below a heading."""
        self._lines.append("  " + self._theme.paint(self._theme.visible(text), style))
