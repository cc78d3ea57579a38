"""From the tree to the document: parts in order, comments where they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mofkit.formatter.document import HARD, SPACE, TRAILING, Comment, Item, Raw, is_line
from mofkit.formatter.gaps import find_gaps
from mofkit.formatter.layout import Layout, Leading
from mofkit.formatter.untouched import Untouched
from mofkit.syntax import Node
from mofkit.syntax.lexer import KIND

if TYPE_CHECKING:
    from mofkit.formatter.layout import Part
    from mofkit.syntax import SyntaxTree

__all__ = ["Builder"]

_UNTERMINATED: Final = KIND["UNTERMINATED_STRING"]
_IN_FRONT: Final = (",", ";")
"""What goes in front of the comment behind the token before it."""


class Builder:
    """Makes the document of one file.

    Attributes:
        texts: the text of each token as the document has it.
    """

    def __init__(self, tree: SyntaxTree) -> None:
        self._tree = tree
        self._gaps = find_gaps(tree)
        self._layout = Layout(tree, self._gaps)
        self._untouched = Untouched(tree)
        self._items: list[Item] = []
        self._has_space = False
        self._led = -1  # the last token whose leading comments are in the document
        self.texts = self._layout.texts

    def build(self) -> list[Item]:
        """Return the document."""
        todo: list[Part] = [self._tree.root]
        while todo:
            part = todo.pop()
            if part.__class__ is int:
                if part >= 0:  # type: ignore[operator]  # narrowed by the class
                    self._token(part)  # type: ignore[arg-type]
                else:
                    self._operation(part)  # type: ignore[arg-type]
            elif part.__class__ is Leading:
                self._lead(part)  # type: ignore[arg-type]
            elif self._untouched and self._untouched.covers(part):  # type: ignore[arg-type]
                self._raw(part)  # type: ignore[arg-type]
            else:
                todo += reversed(self._layout.parts(part))  # type: ignore[arg-type]
        return self._items

    def _operation(self, operation: int) -> None:
        if operation == SPACE:
            self._has_space = True
            return
        if self._has_space and not is_line(operation):
            self._items.append(SPACE)
        self._has_space = False
        self._items.append(operation)

    def _token(self, token: int) -> None:
        if token in self._gaps:
            self._lead(Leading(token))
        text = self.texts[token]
        if text in _IN_FRONT and not self._goes_in_front(token):
            self._operation(HARD)
        if "\n" in text or "\r" in text:
            self._append(Raw(text, ends_line=False))
        else:
            self._append(text)
        self._trail(token + 1)

    def _goes_in_front(self, token: int) -> bool:
        """Say whether a `,` or `;` can go in front of the trailing comment before it, if any.

        Not where that is a comment to another of them, nor where there is one behind it, too.
        """
        gap, after = self._gaps.get(token), self._gaps.get(token + 1)
        if gap and gap.trailing and self.texts[token - 1] in _IN_FRONT:
            return False
        if not token or after is None or after.trailing is None:
            return True
        before = next(item for item in reversed(self._items) if not _is_passed(item))
        return not (isinstance(before, Comment) and before.place == TRAILING)

    def _raw(self, node: Node) -> None:
        """Add a region as it is."""
        if node.first == node.end:
            return
        self._lead(Leading(node.first))
        ends_line = self._tree.kinds[node.end - 1] == _UNTERMINATED
        self._append(Raw(node.text, ends_line=ends_line))
        self._trail(node.end)

    def _append(self, item: str | Raw) -> None:
        """Add a text, to the text before it where one is."""
        space = " " if self._has_space else ""
        self._has_space = False
        if isinstance(item, Raw):
            self._items += [SPACE, item] if space else [item]
        elif self._items and isinstance(self._items[-1], str) and item not in _IN_FRONT:
            self._items[-1] += space + item
        else:
            self._items.append(space + item)

    def _lead(self, leading: Leading) -> None:
        """Add the comments in front of a token, once."""
        token, keep_blank = leading
        if token <= self._led or token not in self._gaps:
            return
        self._led = token
        gap = self._gaps[token]
        for number, comment in enumerate(gap.leading):
            comment.blank = comment.blank and number > 0  # what is in front says that of the first
            self._items.append(comment)
        if gap.leading and keep_blank:
            gap.leading[-1].blank_after = gap.blank_after

    def _trail(self, token: int) -> None:
        """Add the comment behind the token before this one."""
        gap = self._gaps.get(token)
        if gap is not None and gap.trailing is not None:
            self._items.append(gap.trailing)


def _is_passed(item: Item) -> bool:
    """Say whether a comment that is to end a line is held back over an item."""
    return item in _IN_FRONT or (isinstance(item, int) and not is_line(item))
