"""From the tree to the document: parts in order, comments where they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mofkit.formatter.document import INLINE, OWN, SPACE, Comment, Item, Raw, is_line
from mofkit.formatter.gaps import find_gaps
from mofkit.formatter.layout import Layout, Leading
from mofkit.formatter.productions import parts_of
from mofkit.formatter.untouched import Untouched
from mofkit.syntax.lexer import KIND

if TYPE_CHECKING:
    from mofkit.formatter.layout import Part
    from mofkit.syntax import Node, SyntaxTree

__all__ = ["Builder"]

_UNTERMINATED: Final = KIND["UNTERMINATED_STRING"]
_IN_FRONT: Final = (",", ";")
"""What may go in front of the comment behind the token before it."""


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
            if isinstance(part, int):
                if part >= 0:
                    self._token(part)
                else:
                    self._operation(part)
            elif isinstance(part, Leading):
                self._lead(part)
            elif self._untouched and self._untouched.covers(part):
                self._raw(part)
            else:
                todo += reversed(parts_of(self._layout, part))
        self._end(self._tree.root.end)
        return self._items

    def _end(self, token: int) -> None:
        """Add the comments at the end of a file that stays as it is."""
        if self._led < token and self._layout.has_leading(token):
            self._operation(self._layout.between(token))
            self._lead(Leading(token, ends_line=True))

    def _operation(self, operation: int) -> None:
        if operation == SPACE:
            self._has_space = True
            return
        if self._has_space and not is_line(operation):
            self._items.append(SPACE)
        self._has_space = False
        self._items.append(operation)

    def _token(self, token: int) -> None:
        text = self.texts[token]
        comment = self._held_back(token) if text in _IN_FRONT else None
        self._lead(Leading(token))
        if "\n" in text or "\r" in text:
            self._append(Raw(text, ends_line=False))
        else:
            self._append(text)
        if comment is not None:
            self._items.append(comment)
        self._trail(token + 1)

    def _held_back(self, token: int) -> Comment | None:
        """Take back the comment in front of a `,` or `;`, to be put behind it; None for no such.

        It stays where it is if it is about another `,` or `;`, or if there are more comments.
        """
        gap, after = self._gaps.get(token), self._gaps.get(token + 1)
        if gap is None or gap.leading:
            return None
        if self.texts[token - 1] in _IN_FRONT or (after and after.trailing):
            return None
        return self._taken_back(token)

    def _taken_back(self, token: int) -> Comment | None:
        """Take back the trailing comment in front of a token.

        None where a line may end between the two, or the next comment makes one end.
        """
        gap = self._gaps.get(token)
        if gap is None or gap.trailing is None or (gap.leading and gap.leading[0].place == OWN):
            return None
        place = len(self._items) - 1
        while isinstance(operation := self._items[place], int) and not is_line(operation):
            place -= 1
        if self._items[place] is not gap.trailing:
            return None
        del self._items[place]
        return gap.trailing

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
        elif self._items and isinstance(self._items[-1], str):
            self._items[-1] += space + item
        else:
            self._items.append(space + item)

    def _lead(self, leading: Leading) -> None:
        """Add the comments in front of a token, once."""
        token = leading.token
        gap = self._gaps.get(token)
        if gap is None or token <= self._led:
            return
        self._led = token
        is_inline = gap.trailing is not None and not gap.trailing.ends_line
        if is_inline and not leading.ends_line and (comment := self._taken_back(token)):
            comment.place = INLINE  # no line may end behind it
            self._items.append(comment)
        for number, comment in enumerate(gap.leading):
            comment.blank = comment.blank and number > 0  # what is in front says that of the first
            self._items.append(comment)
        if gap.leading and leading.keep_blank:
            gap.leading[-1].blank_after = gap.blank_after

    def _trail(self, token: int) -> None:
        """Add the comment behind the token before this one."""
        gap = self._gaps.get(token)
        if gap is not None and gap.trailing is not None:
            self._items.append(gap.trailing)
