"""How wide each group of a document is, and which of them must break: one pass, before printing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from mofkit.formatter.document import (
    BETWEEN,
    CLOSE,
    DEDENT,
    END_MEMBER,
    FILL,
    HARD,
    INDENT,
    MEMBER,
    OPEN,
    OWN,
    QUALIFIED,
    SOFT,
    SPACE,
    TRAILING,
    Comment,
    Item,
    Raw,
    is_line,
)

if TYPE_CHECKING:
    from mofkit.formatter.style import Style

__all__ = ["MUST_BREAK", "Measures", "measure"]

MUST_BREAK: Final = 1 << 60


class Measures(NamedTuple):
    """What the printer has to know ahead.

    Attributes:
        needs: index of an OPEN or FILL → columns from there to the first place behind the group
            (or behind what follows the FILL) where a line may end; MUST_BREAK for a group that has
            a line end in it.
        blanks: indexes of the BETWEENs with a member of several lines before or behind them.
    """

    needs: dict[int, int]
    blanks: set[int]


class _Started(NamedTuple):
    """A group or a member: where it began, and what had been counted by then."""

    place: int
    width: int
    n_breaks: int


def measure(items: Sequence[Item], style: Style) -> Measures:
    """Measure a document."""
    return _Measurer(style).run(items)


class _Measurer:
    __slots__ = (
        "_between",
        "_depth",
        "_follows_tall",
        "_groups",
        "_members",
        "_n_breaks",
        "_open_needs",
        "_pending",
        "_style",
        "_width",
        "blanks",
        "needs",
    )

    def __init__(self, style: Style) -> None:
        self._style = style
        self.needs: dict[int, int] = {}
        self.blanks: set[int] = set()
        self._width = 0  # of everything so far, on one line
        self._n_breaks = 0  # line ends that have to be, so far
        self._pending: Comment | None = None  # behind which the next line end has to be
        self._open_needs: list[tuple[int, int]] = []  # index and width, until a line may end
        self._groups: list[_Started] = []
        self._members: list[_Started] = []
        self._depth = 0
        self._between = -1  # the last BETWEEN of this body
        self._follows_tall = False

    def run(self, items: Sequence[Item]) -> Measures:
        for index, item in enumerate(items):
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
        self._settle()
        return Measures(self.needs, self.blanks)

    def _text(self, text: str) -> None:
        self._follow_comment()
        self._width += len(text)

    def _follow_comment(self) -> None:
        """Something stands behind a trailing comment where no line may end."""
        if self._pending is not None:
            self._n_breaks += self._pending.ends_line or self._pending.has_lines
            self._pending = None

    def _raw(self, raw: Raw) -> None:
        self._follow_comment()
        self._width += len(raw.text)
        self._n_breaks += "\n" in raw.text or "\r" in raw.text or raw.ends_line

    def _comment(self, comment: Comment) -> None:
        if comment.place == TRAILING:
            self._pending = comment
            return
        if comment.place == OWN or comment.has_lines:  # how wide, depends on where it gets
            self._n_breaks += 1
        else:
            self._width += len(comment.text) + 1

    def _line(self, index: int, operation: int) -> None:
        if self._pending is not None or operation == HARD:
            self._n_breaks += 1
            self._pending = None
        if operation == QUALIFIED and self._width - self._groups[-1].width > self._style.inline:
            self._n_breaks += 1
        if operation >= BETWEEN:
            self._between = index
            if self._follows_tall:
                self.blanks.add(index)
                self._follows_tall = False
        self._settle()
        self._width += operation not in (SOFT, HARD)
        if operation == FILL:
            self._open_needs.append((index, self._width - 1))

    def _settle(self) -> None:
        """A line may end here: say how wide what waits for that is."""
        for index, width in self._open_needs:
            self.needs[index] = self._width - width
        self._open_needs.clear()

    def _mark(self, index: int, operation: int) -> None:
        if operation == OPEN:
            self._groups.append(_Started(index, self._width, self._n_breaks))
        elif operation == CLOSE:
            self._close(self._groups.pop())
        elif operation == MEMBER:
            self._members.append(_Started(self._between, self._width, self._n_breaks))
        elif operation == END_MEMBER:
            self._end_member(self._members.pop())
        elif operation == SPACE:
            self._width += 1
        elif operation == INDENT:
            self._depth += 1
            self._between = -1
        elif operation == DEDENT:
            self._depth -= 1
            self._follows_tall = False

    def _close(self, group: _Started) -> None:
        if self._n_breaks > group.n_breaks:
            self.needs[group.place] = MUST_BREAK
        else:
            self._open_needs.append((group.place, group.width))

    def _end_member(self, member: _Started) -> None:
        """Note the BETWEENs around a member that takes several lines."""
        self._between = member.place
        column = self._depth * self._style.indent
        is_wide = column + self._width - member.width > self._style.width
        if self._n_breaks > member.n_breaks or is_wide:
            self.blanks.add(member.place)
            self._follows_tall = True
