r"""The tokens of the C preprocessor, as far as MOF has them.

A word may have `$` in it, as with Microsoft's compiler: `$Fan` is one word, and no use of a macro
`Fan`. Numbers are C's preprocessing numbers, so `101b` and `0x1F` hide no words. A string ends with
its line. Comments are space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, TypeAlias, cast

__all__ = ["NOT_HIDDEN", "PIECE", "SPACE", "Token", "TokenKind", "is_one_token", "tokens_of"]

TokenKind: TypeAlias = Literal["word", "number", "string", "character", "operator"]

NOT_HIDDEN: Final[frozenset[str]] = frozenset()

_COMMENT: Final = r"//[^\r\n]*+|/\*[\s\S]*?(?:\*/|\Z)"
# An open string takes its line. A character is short: the bound keeps stray quotes linear.
_STRING: Final = r'"(?:[^"\\\r\n]|\\[^\r\n])*+(?:"|\\?)'
_CHARACTER: Final = r"'(?:[^'\\\r\n]|\\[^\r\n]){1,8}+'"
_NUMBER: Final = r"\.?[0-9](?:[eEpP][+-]|[\w.])*+"
_WORD: Final = r"(?:[^\W\d]|\$)[\w$]*+"
_OPERATOR: Final = r"\#\#|\.\.\.|<<|>>|[<>=!]=|&&|\|\||\S"

SPACE: Final = re.compile(rf"(?:\s|{_COMMENT})*+")
"""What may stand between the name of a macro and its `(`."""

PIECE: Final = re.compile(
    rf"""
      (?P<directive> (?<![^\r\n]) (?:[ \t\v\f] | /\*[\s\S]*?\*/)*+
         \# (?:[^\r\n/"']++ | {_STRING} | {_CHARACTER} | {_COMMENT} | [/'])*+ )
    | (?P<word> {_WORD} )
    | (?P<other> {_COMMENT} | {_STRING} | {_CHARACTER} | {_NUMBER}
         | [\r\n]++ | [^\w$"'/\#\r\n.]++ | [\s\S] )
    """,
    re.VERBOSE,
)
"""A file piece by piece: lines that begin with `#`, words, and what is never looked at."""

_TOKEN: Final = re.compile(
    rf"""
      (?P<space> \s++ | {_COMMENT} )
    | (?P<string> {_STRING} )
    | (?P<character> {_CHARACTER} )
    | (?P<number> {_NUMBER} )
    | (?P<word> {_WORD} )
    | (?P<operator> {_OPERATOR} )
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """One token on its way through the expansion.

    Attributes:
        start, end: place in the logical text it was read from.
        spaced: whether space stands before it.
        hidden: the macros whose expansion it comes from, which are not expanded in it again.
    """

    kind: TokenKind
    text: str
    start: int = 0
    end: int = 0
    spaced: bool = False
    hidden: frozenset[str] = NOT_HIDDEN


def tokens_of(text: str, start: int, end: int) -> Iterator[Token]:
    """Yield the tokens of a part of a text.

    >>> [token.text for token in tokens_of("a+$b/* c */##0x1F", 0, 17)]
    ['a', '+', '$b', '##', '0x1F']
    """
    spaced = False
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup
        if kind == "space":
            spaced = True
        else:
            yield Token(cast("TokenKind", kind), match[0], *match.span(), spaced)
            spaced = False


def is_one_token(text: str) -> bool:
    """Say whether a text is a single token, and no space."""
    match = _TOKEN.fullmatch(text)
    return match is not None and match.lastgroup != "space"
