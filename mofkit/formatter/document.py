"""The document: what the builder makes and the printer prints, a flat list of items.

- A text: some characters of one line.
- A `Comment`, or a `Raw` piece of the source that stays as it is.
- An operation, one of the numbers below. They are negative, so that they can stand beside token
  numbers in what `layout.py` returns.

A group, from OPEN to CLOSE, is on one line if it fits there and nothing in it needs a line end.
Otherwise it is broken: its own LINE and SOFT end lines, and the groups within are decided anew.
"""

from __future__ import annotations

from typing import Final, TypeAlias

__all__ = [
    "ALIGN",
    "BETWEEN",
    "BETWEEN_BLANK",
    "CLOSE",
    "DEDENT",
    "END_MEMBER",
    "FILL",
    "HARD",
    "INDENT",
    "INLINE",
    "LINE",
    "MEMBER",
    "OPEN",
    "OWN",
    "QUALIFIED",
    "SOFT",
    "SPACE",
    "TRAILING",
    "Comment",
    "Item",
    "Raw",
    "is_line",
]

BETWEEN_BLANK: Final = -1
"""As BETWEEN, and a blank line where it ends one."""

BETWEEN: Final = -2
"""Between items of a body: a LINE, with a blank line beside a member of several lines."""

HARD: Final = -3
"""A line end, always."""

LINE: Final = -4
"""A line end in a broken group, else a space."""

SOFT: Final = -5
"""A line end in a broken group, else nothing."""

QUALIFIED: Final = -6
"""A LINE behind qualifiers; it breaks its group where they are longer than `Style.inline`."""

FILL: Final = -7
"""A space; in a broken group a line end where what follows, up to the next place, does not fit."""

_LAST_LINE: Final = FILL

OPEN: Final = -8
CLOSE: Final = -9
INDENT: Final = -10
"""One level more to the right, until the DEDENT."""

DEDENT: Final = -11
"""The end of an INDENT or an ALIGN."""

ALIGN: Final = -12
"""Lines begin at this column, until the DEDENT."""

SPACE: Final = -13
"""A space in front of the next text, if that stands on the same line."""

MEMBER: Final = -14
END_MEMBER: Final = -15


def is_line(operation: int) -> bool:
    """Say whether an operation may end a line."""
    return operation >= _LAST_LINE


TRAILING: Final = 0
"""Behind a token at the end of its line."""

OWN: Final = 1
"""On lines of its own."""

INLINE: Final = 2
"""In front of a token."""


class Comment:
    """A comment, several on one line, or a line of the C preprocessor.

    Attributes:
        text: as in the source.
        place: TRAILING, OWN or INLINE.
        ends_line: nothing may stand behind it on its line.
        blank: a blank line is in front of it.
        blank_after: one is behind it.
        margin: the white space in front of it on its line.
        is_directive: it belongs to the C preprocessor, and its margin stays.
        is_open: it reaches to the end of the file, and a line end there would be a part of it.
    """

    __slots__ = (
        "blank",
        "blank_after",
        "ends_line",
        "is_directive",
        "is_open",
        "margin",
        "place",
        "text",
    )

    def __init__(
        self,
        text: str,
        place: int,
        *,
        ends_line: bool,
        blank: bool,
        margin: str,
        is_directive: bool,
        is_open: bool,
    ) -> None:
        self.text = text
        self.place = place
        self.ends_line = ends_line
        self.blank = blank
        self.blank_after = False
        self.margin = margin
        self.is_directive = is_directive
        self.is_open = is_open

    @property
    def has_lines(self) -> bool:
        """Whether the text has line ends in it."""
        return "\n" in self.text or "\r" in self.text


class Raw:
    """A piece of the source that stays as it is.

    Attributes:
        text: the piece.
        ends_line: it ends in a string that nothing closes but the end of the line.
    """

    __slots__ = ("ends_line", "text")

    def __init__(self, text: str, *, ends_line: bool) -> None:
        self.text = text
        self.ends_line = ends_line


Item: TypeAlias = str | int | Comment | Raw
