"""From text to tokens: kinds at once, texts and places when somebody asks.

Takes the text of a file, gives the kind of every token. The patterns are Lark's (`_tables.py`,
generated from `grammars/mof.lark`); what is added here is speed:

- One `findall` reads a file. White space and comments are consumed in front of a token, and a
  string without a fault leaves an empty text behind, since nobody needs it yet.
- A kind is looked up by the token's text. `Kinds.__missing__` classifies each distinct text once.
- A text that may break a rule of the language is never remembered, so that it is counted each time
  it comes: a file that adds nothing to `Kinds.suspicions` has nothing wrong with its tokens.

Kinds are numbers (`_tables.TERMINALS`); UNKNOWN is a character that begins no token.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from mofkit.syntax import _tables

UNKNOWN: Final = -1
KIND: Final = {name: kind for kind, name in enumerate(_tables.TERMINALS)}
KEYWORDS: Final = {_tables.TERMINALS[kind].lower(): kind for kind in _tables.KEYWORDS}
END: Final = KIND["$END"]
NAME: Final = KIND["NAME"]
NUMBER: Final = KIND["NUMBER"]
STRING: Final = KIND["STRING"]
CHARACTER: Final = KIND["CHARACTER"]
ALIAS_IDENTIFIER: Final = KIND["ALIAS_IDENTIFIER"]
STRING_KINDS: Final = frozenset(
    KIND[name]
    for name in ("STRING", "MULTILINE_STRING", "UNTERMINATED_STRING", "TYPOGRAPHIC_STRING")
)

ESCAPE: Final = r"""\\(?:[btnfr"'\\]|[xX][0-9A-Fa-f]{1,4})"""
"""DSP0004 stringValue: the escapes of strings and characters; `\\x` takes one to four digits."""

INTEGER: Final = r"[+-]?(?:0[xX][0-9A-Fa-f]+|[01]+[bB]|0[0-7]+|0|[1-9][0-9]*)"
REAL: Final = r"[+-]?[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?"
"""DSP0004 integerValue (hex, binary, octal, decimal) and realValue."""

# Blank lines and indentation first, then whatever else is trivia: it begins with a character that
# no common token begins with, so that most tokens skip the attempt.
_BLANK = r"[ \t\r\n]*+"
_TRIVIA = rf"""{_BLANK}(?:(?=[^A-Za-z_0-9"(){{}}\[\],;:=])(?:{"|".join(_tables.TRIVIA)}){_BLANK})*+"""
_TOKEN = "|".join(pattern for _, pattern in _tables.TOKEN) + r"|[\s\S]"
# The two commonest shapes in front; they match what _TOKEN would, only sooner.
_COMMON = r"[A-Za-z_][0-9A-Za-z_]*+(?![\x80-\uFFEF])|[(),\[\]{};:=]"
_FAULTLESS_STRING = rf'"[^"\\\r\n]*+(?:{ESCAPE}[^"\\\r\n]*+)*+"'

_find_kinds = re.compile(rf"{_TRIVIA}(?:{_FAULTLESS_STRING}|({_COMMON}|{_TOKEN})|\Z)").findall


@cache
def _whole_tokens() -> re.Pattern[str]:
    return re.compile(rf"{_TRIVIA}({_COMMON}|{_TOKEN}|\Z)")


@cache
def _classify() -> re.Pattern[str]:
    """Every terminal in Lark's order, each in a group named after it."""
    return re.compile(
        "|".join(
            f"(?P<{_tables.TERMINALS[kind]}>{pattern})" for kind, pattern in _tables.CLASSIFY
        )
    )


@cache
def faultless_token() -> re.Pattern[str]:
    """Return the pattern of numbers and characters that DSP0004 allows."""
    return re.compile(rf"{INTEGER}|{REAL}|'(?:[^'\\\r\n]|{ESCAPE})'")


class Kinds(dict[str, int]):
    """The kind of each distinct token text, filled as texts are met.

    `suspicions` only grows; comparing it before and after tells whether tokens need the checker.
    """

    __slots__ = ("suspicions",)

    def __init__(self, suspicions: int = 0) -> None:
        super().__init__({"": STRING})
        self.suspicions = suspicions

    def __missing__(self, text: str) -> int:
        kind = kind_of(text)
        if kind in _CHECKED_KINDS and not faultless_token().fullmatch(text):
            self.suspicions += 1
        else:
            self[text] = kind
        return kind


_CHECKED_KINDS = STRING_KINDS | {NUMBER, CHARACTER, UNKNOWN}


def kind_of(text: str) -> int:
    """Return the kind of one token's text.

    >>> _tables.TERMINALS[kind_of("Class")], _tables.TERMINALS[kind_of("089")], kind_of("?")
    ('CLASS', 'NUMBER', -1)
    """
    if text.isascii() and text.isidentifier():
        return KEYWORDS.get(text.lower(), NAME)
    match = _classify().fullmatch(text)
    return KIND[match.lastgroup] if match and match.lastgroup else UNKNOWN


def token_kinds(text: str, kinds: Kinds) -> list[int]:
    """Return the kind of each token of `text`, END last."""
    # The line end makes every file end in trivia, so that the end always leaves two empty matches.
    tokens = _find_kinds(text + "\n")
    del tokens[-2:]
    found = list(map(kinds.__getitem__, tokens))
    found.append(END)
    return found


def token_texts(text: str) -> list[str]:
    """Return the text of each token, in the order of `token_kinds`; the end's is empty."""
    texts: list[str] = _whole_tokens().findall(text + "\n")
    del texts[-1:]
    return texts


def token_starts(text: str) -> list[int]:
    """Return the offset of each token in code points, in the order of `token_kinds`."""
    starts = [match.start(1) for match in _whole_tokens().finditer(text + "\n")]
    del starts[-1:]
    starts[-1] = len(text)
    return starts
