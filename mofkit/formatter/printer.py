"""From the document to lines of text.

A line is begun only when something is put on it, so that none ends in white space. Columns are
code points. Nesting beyond `_MAX_LEVELS` goes no further to the right, so that the text of nested
braces does not grow with the square of their number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from mofkit.formatter.comment_text import align_comments, moved
from mofkit.formatter.document import (
    ALIGN,
    BETWEEN_BLANK,
    CLOSE,
    DEDENT,
    FILL,
    HARD,
    INDENT,
    INLINE,
    OPEN,
    SOFT,
    SPACE,
    TRAILING,
    Comment,
    Item,
    Raw,
    is_line,
)
from mofkit.formatter.measure import measure

if TYPE_CHECKING:
    from mofkit.formatter.style import Style

__all__ = ["print_document"]

_MAX_LEVELS: Final = 20


def print_document(items: Sequence[Item], style: Style, source: str) -> str:
    """Return the text. Its lines end as most lines of `source` do."""
    printer = _Printer(items, style)
    printer.run()
    line_end = _usual_line_end(source)
    text = printer.text(line_end)
    # Those within comments and strings are kept, and may now be the most.
    usual = _usual_line_end(text)
    return text if usual == line_end else printer.text(usual)


def _usual_line_end(text: str) -> str:
    crlf = text.count("\r\n")
    counts = {"\n": text.count("\n") - crlf, "\r\n": crlf, "\r": text.count("\r") - crlf}
    return max(counts, key=counts.__getitem__)


class _Printer:
    __slots__ = (
        "_broken",
        "_column",
        "_follows_comment",
        "_has_code",
        "_indents",
        "_is_forced",
        "_is_open",
        "_items",
        "_line_column",
        "_lines",
        "_max_column",
        "_must_break",
        "_needs_blank",
        "_parts",
        "_style",
        "_suffix",
        "_suffixes",
        "measures",
    )

    def __init__(self, items: Sequence[Item], style: Style) -> None:
        self._items = items
        self._style = style
        self.measures = measure(items, style)
        self._lines: list[str] = []
        self._suffixes: dict[int, str] = {}  # line → the comment behind it
        self._parts: list[str] = []  # of the line being made
        self._suffix: Comment | None = None  # of that line
        self._column = 0
        self._line_column = 0  # where that line begins
        self._follows_comment = False  # on that line, and right behind it
        self._has_code = False  # more than comments is on it
        self._is_forced = False  # nothing but a comment made it begin
        self._must_break = False  # nothing more goes on it
        self._needs_blank = False  # in front of the next one
        self._is_open = False  # a comment is, which a line end at the end would become a part of
        self._indents = [0]
        self._max_column = _MAX_LEVELS * style.indent
        self._broken = [True]

    def run(self) -> None:
        for index, item in enumerate(self._items):
            if isinstance(item, str):
                self._text(item)
            elif isinstance(item, int):
                if is_line(item):
                    self._line(index, item)
                else:
                    self._mark(index, item)
            elif isinstance(item, Comment):
                self._comment(item)
            else:
                self._raw(item)
        self._new_line(0)

    def text(self, line_end: str) -> str:
        """Return what was printed."""
        lines = align_comments(self._lines, self._suffixes, self._style.width)
        if not lines:
            return ""
        return line_end.join(lines) + ("" if self._is_open else line_end)

    # ----------------------------------------------------------------------------------- texts

    def _text(self, text: str) -> None:
        self._leave_comment(text)
        if not self._parts:
            text = text.lstrip(" ")
        elif self._follows_comment and text[0] not in " ,;)]}":
            text = f" {text}"
        self._put(text)
        self._has_code = True

    def _put(self, text: str) -> None:
        if not self._parts and text:
            self._parts.append(" " * self._line_column)
        self._parts.append(text)
        self._column += len(text)
        self._follows_comment = False

    def _raw(self, raw: Raw) -> None:
        self._text(raw.text[:1])
        self._parts.append(raw.text[1:])
        last = max(raw.text.rfind("\n"), raw.text.rfind("\r"))
        self._column = len(raw.text) - last - 1 + (self._column - 1) * (last < 0)
        self._must_break = raw.ends_line

    # -------------------------------------------------------------------------------- comments

    def _comment(self, comment: Comment) -> None:
        self._is_open |= comment.is_open
        if comment.place == TRAILING and self._suffix is None and not self._must_break:
            if comment.has_lines:
                self._put(self._placed(comment))
                self._follows_comment = True
            else:
                self._suffix = comment
            return
        if self._suffix is not None or (comment.place != INLINE and self._parts):
            self._must_break = True
        if self._must_break:
            self._needs_blank |= comment.blank
            self._force_line(self._forced_column())
        if comment.is_directive:
            self._put_directive(comment)
        else:
            self._put(self._placed(comment))
            self._follows_comment = True
        self._must_break = comment.ends_line or comment.place != INLINE
        self._needs_blank |= comment.blank_after

    def _placed(self, comment: Comment) -> str:
        """Return the text of a comment that goes here."""
        if not self._parts:
            return moved(comment, self._line_column)
        return comment.text if self._parts[-1][-1:] in " ([{" else f" {comment.text}"

    def _put_directive(self, comment: Comment) -> None:
        self._parts.append(comment.margin + comment.text)

    def _leave_comment(self, text: str) -> None:
        """Get to where `text` can go: behind a comment, or on a new line."""
        suffix = self._suffix
        if suffix is not None and suffix.ends_line:
            self._must_break = True
        elif suffix is not None:
            self._suffix = None
            self._put(self._placed(suffix))
            self._follows_comment = True
        if self._must_break:
            is_closer = text[:1] in (")", "]", "}")
            self._force_line(self._indents[-1] if is_closer else self._forced_column())

    def _force_line(self, column: int) -> None:
        """End the line because of a comment; behind those that have lines of their own, it ends."""
        self._new_line(column, forced=self._has_code or self._is_forced)

    def _forced_column(self) -> int:
        """Return where a line begins that only a comment made necessary."""
        indent = self._indents[-1]
        if not self._has_code:
            return self._line_column if self._parts else indent
        if self._is_forced:
            return max(indent, self._line_column)
        return indent if indent > self._line_column else self._level(indent)

    # ----------------------------------------------------------------------------------- lines

    def _line(self, index: int, operation: int) -> None:
        if operation == HARD or self._breaks(index, operation):
            if operation == BETWEEN_BLANK or index in self.measures.blanks:
                self._needs_blank = True
            self._new_line(self._indents[-1])
        elif operation != SOFT:
            self._put(" ")

    def _breaks(self, index: int, operation: int) -> bool:
        if not self._broken[-1]:
            return False
        if operation != FILL or self._must_break or self._suffix is not None:
            return True
        return self._column + self.measures.needs[index] > self._style.width

    def _new_line(self, column: int, *, forced: bool = False) -> None:
        """End the line, if there is something on it, and set where the next one begins."""
        if self._parts or self._suffix is not None:
            if self._suffix is not None:
                self._suffixes[len(self._lines)] = self._suffix.text
                self._suffix = None
            while self._parts and self._parts[-1] == " ":
                self._parts.pop()
            self._lines.append("".join(self._parts))
            self._parts = []
        if self._needs_blank and self._lines and self._lines[-1]:
            self._lines.append("")
        self._needs_blank = self._must_break = self._has_code = False
        self._is_forced = forced
        self._column = self._line_column = column

    # ---------------------------------------------------------------------------------- groups

    def _mark(self, index: int, operation: int) -> None:
        if operation in (OPEN, ALIGN):
            self._leave_comment("")
        if operation == OPEN:
            fits = self._column + self.measures.needs[index] <= self._style.width
            self._broken.append(self._broken[-1] and not fits)
        elif operation == CLOSE:
            self._broken.pop()
        elif operation == SPACE:
            if self._parts and self._suffix is None and not self._must_break:
                self._put(" ")
        elif operation == INDENT:
            self._indents.append(self._level(self._indents[-1]))
        elif operation == ALIGN:
            self._indents.append(min(self._column, self._max_column))
        elif operation == DEDENT:
            self._indents.pop()

    def _level(self, column: int) -> int:
        return min(column + self._style.indent, self._max_column)
