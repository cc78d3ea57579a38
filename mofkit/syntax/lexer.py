"""From text to tokens: kinds at once, texts and places when somebody asks.

Takes the text of a file, gives the kind of every token. The patterns are Lark's (`_tables.py`,
generated from `grammars/mof.lark`); what is added here is speed:

- One `findall` reads a file. White space and comments are consumed in front of a token, and a
  string without a fault leaves an empty text behind, since nobody needs it yet.
- A kind is looked up by the token's text. `Kinds.__missing__` classifies each distinct text once.
- Text that is all ASCII has patterns of its own, which take a fraction of the time to compile.
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
SPELLING: Final = dict(_tables.SPELLING)
"""Kind → text of punctuation and of keywords, the latter in lower case."""
KEYWORDS: Final = {SPELLING[kind]: kind for kind in _tables.KEYWORDS}
PUNCTUATION: Final = {text: kind for kind, text in _tables.SPELLING if kind not in _tables.KEYWORDS}
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

_FAULTLESS_STRING = rf'"[^"\\\r\n]*+(?:{ESCAPE}[^"\\\r\n]*+)*+"'


@cache
def _patterns(is_ascii: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:  # noqa: FBT001  # a key
    """Return the pattern that reads kinds and the one that reads whole tokens.

    Blank lines and indentation come first, then whatever else is trivia: it begins with a character
    that no common token begins with, so that most tokens skip the attempt. The two commonest shapes
    of a token come next; they match what the terminals would, only sooner.
    """
    terminals, trivia = (
        (_tables.TOKEN_ASCII, _tables.TRIVIA_ASCII) if is_ascii else (_tables.TOKEN, _tables.TRIVIA)
    )
    name_end = "" if is_ascii else r"(?![\x80-\uFFEF])"
    blank = r"[ \t\r\n]*+"
    other = rf"""(?=[^A-Za-z_0-9"(){{}}\[\],;:=])(?:{"|".join(trivia)}){blank}"""
    before = rf"{blank}(?:{other})*+"
    common = rf"[A-Za-z_][0-9A-Za-z_]*+{name_end}|[(),\[\]{{}};:=]"
    token = rf"{common}|{'|'.join(pattern for _, pattern in terminals)}|[\s\S]"
    return (
        re.compile(rf"{before}(?:{_FAULTLESS_STRING}|({token})|\Z)"),
        re.compile(rf"{before}({token}|\Z)"),
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

    def of(self, tokens: list[str]) -> list[int]:
        """Return the kind of each token, END last."""
        kinds = list(map(self.__getitem__, tokens))
        kinds.append(END)
        return kinds


_CHECKED_KINDS = STRING_KINDS | {NUMBER, CHARACTER}


def kind_of(text: str) -> int:
    """Return the kind of one token's text.

    >>> _tables.TERMINALS[kind_of("Class")], _tables.TERMINALS[kind_of("089")], kind_of("?")
    ('CLASS', 'NUMBER', -1)
    """
    if text.isascii() and text.isidentifier():
        return KEYWORDS.get(text.lower(), NAME)
    if text in PUNCTUATION:
        return PUNCTUATION[text]
    if "0" <= text[0] <= "9" or (text[0] in "+-." and len(text) > 1):
        return NUMBER
    kind = next((k for k, pattern in _tables.TOKEN if re.fullmatch(pattern, text)), UNKNOWN)
    if kind != NAME:
        return kind
    # Lark ignores case as Unicode does: a long s is an s.
    return next((k for w, k in KEYWORDS.items() if re.fullmatch(w, text, re.IGNORECASE)), NAME)


def token_kinds(text: str, kinds: Kinds) -> list[int]:
    """Return the kind of each token of `text`, END last."""
    return kinds.of(read_tokens(text))


def read_tokens(text: str) -> list[str]:
    """Return the text of each token, `""` for a string without a fault; nothing for the end."""
    # The line end makes every file end in trivia, so that the end always leaves two empty matches.
    tokens: list[str] = _patterns(text.isascii())[0].findall(text + "\n")
    del tokens[-2:]
    return tokens


def token_texts(text: str) -> list[str]:
    """Return the text of each token, in the order of `token_kinds`; the end's is empty."""
    texts: list[str] = _patterns(text.isascii())[1].findall(text + "\n")
    del texts[-1:]
    return texts


def with_strings(tokens: list[str], text: str) -> list[str]:
    """Return what `token_texts` does from what `read_tokens` gave, in two thirds of the time.

    A string without a fault has two quotes and those that it escapes. So where a file has twice as
    many quotes as such strings, what stands between every other pair is a string.
    """
    if text.count('"') != 2 * tokens.count(""):
        return token_texts(text)
    strings = iter(text.split('"')[1::2])
    texts = [token or f'"{next(strings)}"' for token in tokens]
    texts.append("")
    return texts


def token_starts(text: str) -> list[int]:
    """Return the offset of each token in code points, in the order of `token_kinds`."""
    tokens = _patterns(text.isascii())[1].finditer(text + "\n")
    starts = [match.start(1) for match in tokens]
    del starts[-1:]
    starts[-1] = len(text)
    return starts
