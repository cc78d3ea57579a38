"""What the layouts of all productions share: the file they lay out, spaces, lists, blank lines.

A layout is a function that takes a `Layout` and a node, and gives the node's children in order,
with the operations of `document.py` among them, and `Leading` where the comments in front of a
token come ahead of an operation. It also puts words of the language into their usual case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from mofkit.formatter.document import (
    BETWEEN,
    BETWEEN_BLANK,
    CLOSE,
    DEDENT,
    HARD,
    INDENT,
    OPEN,
    SOFT,
    SPACE,
)
from mofkit.formatter.gaps import Gap, n_line_ends
from mofkit.syntax import Node, nodes
from mofkit.syntax.lexer import KIND

if TYPE_CHECKING:
    from mofkit.syntax import SyntaxTree

__all__ = ["Layout", "Leading", "Part", "below", "element"]

_SEMICOLON: Final = KIND["SEMICOLON"]
_COMMA: Final = KIND["COMMA"]

_ATTACHED: Final = (
    nodes.Array,
    nodes.ParameterList,
    nodes.QualifierParameter,
    nodes.QualifierClause,
)
"""What stands right behind the word before it."""


class Leading(NamedTuple):
    """The comments in front of a token, ahead of the operations that come before it.

    Attributes:
        token: the token.
        keep_blank: a blank line between them and the token stays.
        ends_line: a line may end between them and the token.
    """

    token: int
    keep_blank: bool = False
    ends_line: bool = False


Part: TypeAlias = int | Node | Leading


class Layout:
    """A file being laid out.

    Attributes:
        tree: its tokens and nodes.
        texts: what to write for each token.
    """

    def __init__(self, tree: SyntaxTree, gaps: dict[int, Gap]) -> None:
        self.tree = tree
        self.texts = list(tree.texts)
        self._gaps = gaps
        # Where the C preprocessor reads the file too, `true` may be a macro, and `TRUE` none.
        self._may_change_case = not tree.has_c_directives

    def is_kind(self, child: Node | int, kind: int) -> bool:
        """Say whether a child is a token of that kind."""
        return isinstance(child, int) and self.tree.kinds[child] == kind

    # ------------------------------------------------------------------------------------- words

    def keyword(self, token: int) -> None:
        """Write a word of the language in lower case."""
        self.set_case(token, str.lower)

    def set_case(self, token: int, case: Callable[[str], str]) -> None:
        """Write a word of the language in that case, where nothing can depend on it."""
        # A long s is an s to the lexer; what it becomes in another case is not.
        if self._may_change_case and self.texts[token].isascii():
            self.texts[token] = case(self.texts[token])

    # ---------------------------------------------------------------------------------- comments

    def leading(self, token: int, *, keep_blank: bool = False) -> list[Leading]:
        """Return the comments in front of a token, if there are some."""
        return [Leading(token, keep_blank)] if token in self._gaps else []

    def leading_of_closer(self, token: int) -> list[Leading]:
        """Return the comments in front of a bracket that is put on a line of its own."""
        return [Leading(token, ends_line=True)] if token in self._gaps else []

    def has_leading(self, token: int) -> bool:
        """Say whether comments in front of a token belong to it."""
        return token in self._gaps and bool(self._gaps[token].leading)

    def has_comments(self, token: int) -> bool:
        """Say whether there are comments in front of a token."""
        return token in self._gaps

    def between(self, token: int) -> int:
        """Return the operation in front of a token, which keeps one blank line of the source."""
        gap = self._gaps.get(token)
        if gap is not None:
            return BETWEEN_BLANK if gap.blank_before else BETWEEN
        white_space = self.tree.source.text[slice(*self.tree.trivia_before(token))]
        return BETWEEN_BLANK if n_line_ends(white_space) > 1 else BETWEEN

    # ----------------------------------------------------------------------------- parts in rows

    def spaced(self, children: Sequence[Node | int]) -> list[Part]:
        """Return children with a space between, but where none is usual."""
        parts: list[Part] = []
        for child in children:
            if parts and not self._is_attached(child):
                parts.append(SPACE)
            parts.append(child)
        return parts

    def _is_attached(self, child: Node | int) -> bool:
        if isinstance(child, int):
            return self.tree.kinds[child] in (_SEMICOLON, _COMMA)
        return isinstance(child, _ATTACHED)

    def tight(self, children: Iterable[Node | int]) -> list[Part]:
        """Return children with a space behind each comma only: `name(a, b)`."""
        parts: list[Part] = []
        for child in children:
            parts += [child, SPACE] if self.is_kind(child, _COMMA) else [child]
        return parts

    def listed(self, children: Sequence[Node | int], separator: int) -> list[Part]:
        """Return brackets with commas: on one line, or with each bracket at the end of one."""
        opener, *items, closer = children
        if not items:
            return [opener, closer]
        assert isinstance(closer, int)
        parts: list[Part] = [OPEN, opener, INDENT, SOFT]
        for item in items:
            if isinstance(item, Node):
                parts += [*self.leading(item.first), *element(item)]
            else:
                parts += [item, separator]
        return [*parts, *self.leading_of_closer(closer), DEDENT, SOFT, closer, CLOSE]


def element(value: Node) -> list[Part]:
    """Return one of several values; joined strings are indented, lest they look like more."""
    if not isinstance(value, nodes.StringValue) or len(value.children) == 1:
        return [value]
    first, *rest = value.children
    return [first, INDENT, *below(rest), DEDENT]


def below(children: Iterable[Node | int]) -> list[Part]:
    """Return children with a line each."""
    return [part for child in children for part in (HARD, child)]
