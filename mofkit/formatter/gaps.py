"""What stands between two tokens, read as comments that belong to one of them.

A comment on the line of the token before it, with the end of the line behind it, belongs to that
token; any other to the token that follows. White space of every kind, line splices and the stray
bytes that the lexer takes for white space are only counted, for the blank lines among them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from mofkit.formatter.document import INLINE, OWN, TRAILING, Comment
from mofkit.syntax import _tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mofkit.syntax import SyntaxTree

__all__ = ["Gap", "find_gaps", "n_line_ends"]


_OPENERS: Final = "([{"
_ON_OWN_LINE: Final = (")", "]", "}", "{")
"""Brackets that may begin a line, where no comment should be in front of them."""


class Gap(NamedTuple):
    """The comments between two tokens.

    Attributes:
        trailing: the one that belongs to the token before.
        leading: those that belong to the token behind.
        blank_before: whether a blank line is in front of the leading ones, or of the token.
        blank_after: whether one is between the last comment and the token.
    """

    trailing: Comment | None
    leading: list[Comment]
    blank_before: bool
    blank_after: bool


def find_gaps(tree: SyntaxTree) -> dict[int, Gap]:
    """Return token → what is in front of it, for those that have comments there."""
    text, texts = tree.source.text, tree.texts
    found: dict[int, Gap] = {}
    before = 0
    for token, start in enumerate(tree.starts):
        if start - before > 1 and not text[before:start].isspace():
            gap = _read(text, before, start, is_bracket=texts[token] in _ON_OWN_LINE)
            if gap.trailing or gap.leading:
                found[token] = gap
        before = start + len(texts[token])
    return found


def n_line_ends(text: str) -> int:
    r"""Return how many lines end in `text`.

    >>> n_line_ends("\r\n\n \r")
    3
    """
    return text.count("\n") + text.count("\r") - text.count("\r\n")


class _Piece(NamedTuple):
    """Comments with no line end between them, or one directive.

    `last` is the last of them; `line_ends` are those in front of the first; `start` is its offset.
    """

    text: str
    last: str
    start: int
    line_ends: int

    @property
    def is_directive(self) -> bool:
        return self.text[0] == "#"

    @property
    def ends_line(self) -> bool:
        """Whether nothing can stand behind it on its line."""
        return self.is_directive or self.is_open or self.last.startswith("//")

    @property
    def is_open(self) -> bool:
        """Whether it reaches to the end of the file, and would reach further."""
        if self.is_directive:
            return self.text.endswith("\\")
        is_block = self.last.startswith("/*")
        return is_block and not (self.last.endswith("*/") and len(self.last) >= len("/**/"))


@cache
def _trivia() -> re.Pattern[str]:
    return re.compile("|".join(_tables.TRIVIA))


def _read(text: str, start: int, end: int, *, is_bracket: bool) -> Gap:
    """Read a gap; `is_bracket` is for one of `_ON_OWN_LINE` behind it."""
    pieces, line_ends = _pieces(text, start, end)
    is_empty = is_bracket and text[start - 1] in _OPENERS
    is_end = (is_bracket and not is_empty) or end == len(text)
    trailing: Comment | None = None
    leading: list[Comment] = []
    for number, piece in enumerate(pieces):
        ends = number + 1 < len(pieces) or line_ends > 0 or is_end
        if is_empty:  # nothing between the brackets but comments
            place = OWN if piece.ends_line or n_line_ends(piece.text) else INLINE
        elif number == 0 and start and ends and not piece.line_ends and not piece.is_directive:
            trailing = _comment(text, piece, TRAILING)
            continue
        else:
            place = OWN if ends or is_bracket or piece.is_directive else INLINE
        leading.append(_comment(text, piece, place))
    blank_before = leading[0].blank if leading else line_ends > 1
    return Gap(trailing, leading, blank_before, line_ends > 1)


def _pieces(text: str, start: int, end: int) -> tuple[list[_Piece], int]:
    """Return the pieces, and how many lines end behind the last."""
    groups: list[tuple[list[str], int, int]] = []
    line_ends = 0
    for word, place in _words(text, start, end):
        if word[0] not in "/#":
            line_ends += n_line_ends(word)
            continue
        if groups and not line_ends and word[0] == "/" and groups[-1][0][0][0] != "#":
            groups[-1][0].append(word)
        else:
            groups.append(([word], place, line_ends))
        line_ends = 0
    return [_Piece(" ".join(words), words[-1], *where) for words, *where in groups], line_ends


def _words(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield the parts of a gap; spaces at the end of a line comment are none of it."""
    for match in _trivia().finditer(text, start, end):
        word = match[0]
        if word.startswith("//"):
            bare = word.rstrip(" \t")
            # Behind a backslash they keep the C preprocessor from joining the lines.
            word = word if bare.endswith("\\") else bare
        yield word, match.start()


def _comment(text: str, piece: _Piece, place: int) -> Comment:
    return Comment(
        piece.text,
        place,
        ends_line=piece.ends_line,
        blank=piece.line_ends > 1,
        margin=_margin(text, piece.start),
        is_directive=piece.is_directive,
        is_open=piece.is_open,
    )


def _margin(text: str, start: int) -> str:
    """Return the spaces and tabs in front of an offset, if nothing else is on the line there."""
    end = start
    while start and text[start - 1] in " \t":
        start -= 1
    return text[start:end] if not start or text[start - 1] in "\r\n" else ""
