"""Bare words among the values: strings that lost their quotes.

A bare word is also how C macros look, and the enumeration literals of MOF 3. Files with lines for
the C preprocessor are left alone, so are those that declare an enumeration; a word written like a
macro gets a warning, since another file may define it.
"""

from __future__ import annotations

import re
from typing import Final

from mofkit.compiler import rules
from mofkit.compiler.reader import FileReader
from mofkit.diagnostics import Fix, Safety, Severity
from mofkit.diagnostics.suggestions import nearest, replace_word
from mofkit.source import Edit, Span
from mofkit.syntax.lexer import KIND, STRING_KINDS

__all__ = ["check_unquoted"]

_ENUMERATION: Final = KIND["ENUMERATION"]
_LITERALS: Final = ("TRUE", "FALSE", "NULL")
_CAPITALS: Final = re.compile(r"[A-Z0-9_]+")
_HOST: Final = re.compile(r"SelfHost|(LocalSystem|NetworkService|LocalService)Host(OrSelfHost)?")
_MACRO: Final = re.compile(r"[A-Z][A-Z0-9]*_[A-Z0-9_]*")


def check_unquoted(reader: FileReader, at: int, after: int) -> None:
    """Report the words among the tokens of one value, which lie between `at` and `after`."""
    tokens = range(at, after)
    words = [token for token in tokens if reader.kinds[token] not in STRING_KINDS]
    alone = len(words) == len(tokens)
    if alone and len(words) == 1 and _ENUMERATION in reader.kinds:
        return
    first, end = (at, after) if alone else (words[0], words[0] + 1)
    text = reader.text(first, end)
    is_macro = not alone or all(_MACRO.fullmatch(reader.texts[word]) for word in words)
    one_line = "\n" not in text and "\r" not in text
    span = reader.span(first, end)
    is_meant = len(words) == 1 and alone and not _CAPITALS.fullmatch(text)
    safety = Safety.SAFE if _is_hosting_model(reader, at, text) else Safety.UNSAFE
    fix = Fix("put it in quotes", (Edit(span, f'"{text}"'),), safety)
    help_ = "a string needs quotes"
    if is_meant and (literal := nearest(text, _LITERALS)):
        fix = replace_word(span, literal) or fix
        help_ += f"; was `{literal}` meant?"
    if not alone and _touches_quotes(reader, first, at, after):
        help_ = '`\\"` is how to write a quote within a string'
        backslashes = tuple(Edit(Span.at(quote), "\\") for quote in (span.start - 1, span.end))
        fix, is_meant = Fix("escape the quotes around it", backslashes, Safety.UNSAFE), True
    elif is_macro:
        help_ += "; a C macro needs a `#define`, and the preprocessor before mofcomp"
    reader.report_surely(
        rules.UNQUOTED_STRING,
        f"`{text}` is not a value" if one_line else "these words are not a value",
        span,
        severity=Severity.WARNING if is_macro else Severity.ERROR,
        help=help_,
        fix=fix if is_meant else None,
    )


def _touches_quotes(reader: FileReader, word: int, at: int, after: int) -> bool:
    """Say whether a word stands right between two strings, whose quotes were to be around it."""
    around = (word - 1, word + 1)
    if around[0] < at or around[1] >= after:
        return False
    if any(reader.kinds[token] not in STRING_KINDS for token in around):
        return False
    before, inside, behind = (reader.span(one, one + 1) for one in range(word - 1, word + 2))
    return before.end == inside.start and inside.end == behind.start


def _is_hosting_model(reader: FileReader, at: int, text: str) -> bool:
    """Say whether a word is a provider's host, which a page of Microsoft's shows without quotes."""
    before = [word.lower() for word in reader.texts[max(at - 2, 0) : at]]
    return before == ["hostingmodel", "="] and _HOST.fullmatch(text) is not None
