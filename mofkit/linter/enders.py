"""`Enders`: from a token that ends something to where that begins.

What a comment at the end of a line is about, is what ends before it: a declaration or member at
`;`, with its qualifiers; the head of a class at `{`, or before it; one of several items at `,`;
what is in brackets at the closing one. Brackets are paired once, so that each answer takes a few
steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mofkit.source import Span
from mofkit.syntax.lexer import KIND
from mofkit.syntax.tree import SyntaxTree

__all__ = ["Enders"]

_PAIRS: Final = {
    KIND["RBRACE"]: KIND["LBRACE"],
    KIND["RBRACKET"]: KIND["LBRACKET"],
    KIND["RPAREN"]: KIND["LPAREN"],
}
_OPENING: Final = frozenset(_PAIRS.values())
_SEMICOLON: Final = KIND["SEMICOLON"]
_COMMA: Final = KIND["COMMA"]
_LBRACE: Final = KIND["LBRACE"]
_RBRACE: Final = KIND["RBRACE"]
_RPAREN: Final = KIND["RPAREN"]
_HASH: Final = KIND["HASH"]
_STOPS: Final = {
    _SEMICOLON: frozenset([_SEMICOLON, *_OPENING]),
    _COMMA: frozenset([_COMMA, _SEMICOLON, *_OPENING]),
    _LBRACE: frozenset([_SEMICOLON, _RBRACE, *_OPENING]),
}


class Enders:
    """The tokens of a file that end something."""

    def __init__(self, tree: SyntaxTree) -> None:
        self._tree = tree
        self._kinds = tree.kinds
        self._partners = _partners(tree.kinds)

    def start(self, token: int, line: Span) -> int:
        """Return the offset where what a token ends begins; the end of the line if it ends nothing.

        Args:
            token: -1 for none.
            line: the token counts only if it is there.
        """
        if token < 0 or self._tree.starts[token] < line.start:
            return line.end
        kind = self._kinds[token]
        if kind in _STOPS:
            first = self._first(token, _STOPS[kind])
        elif kind == _RPAREN and self._is_pragma(token):
            first = self._partners[token] - 3
        elif kind in _PAIRS:
            first = self._partners.get(token, token)
        elif self._kinds[token + 1] == _LBRACE:
            first = self._first(token + 1, _STOPS[_LBRACE])
        else:
            return line.end
        return self._tree.starts[first]

    def _first(self, token: int, stops: frozenset[int]) -> int:
        """Go back to the token behind the last one that ends, or begins, something around."""
        at = token - 1
        while at >= 0 and self._kinds[at] not in stops:
            if self._kinds[at] == _RPAREN and self._is_pragma(at):
                break
            at = self._partners.get(at, at) - 1
        return min(at + 1, token)

    def _is_pragma(self, token: int) -> bool:
        """Say whether a closing parenthesis ends a `#pragma name(...)`, which has no semicolon."""
        opening = self._partners.get(token, -1)
        return opening >= 3 and self._kinds[opening - 3] == _HASH


def _partners(kinds: Sequence[int]) -> dict[int, int]:
    """Return, for each closing bracket that has one, the opening one."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for at, kind in enumerate(kinds):
        if kind in _OPENING:
            opened.append(at)
        elif kind in _PAIRS and opened and kinds[opened[-1]] == _PAIRS[kind]:
            partners[at] = opened.pop()
    return partners
