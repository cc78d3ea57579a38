r"""Where a GUID stands in a MOF file: in strings, in comments, and where it cannot be changed.

What counts in a string is what it means: adjacent literals are one string, and a digit may be an
escape. The places are found in the tokens and not in the bound schema, so that they are found in
files with errors and in the branches of a `#if`, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import hexdigits
from typing import Final
from uuid import UUID

from mofkit.rewriter.c_text import comment_spans, is_within
from mofkit.rewriter.guid_digits import digit_edits, text_pattern
from mofkit.rewriter.occurrence import Kind, Occurrence
from mofkit.source import Span
from mofkit.syntax import SyntaxTree
from mofkit.syntax.lexer import ESCAPE, STRING_KINDS

__all__ = ["find_in_mof"]

_ESCAPE: Final = re.compile(ESCAPE)
_PIECE: Final = re.compile(rf"{ESCAPE}|[\s\S]")
_ESCAPED: Final = "it is written with an escape"
_NO_STRING: Final = "it is neither in a string nor in a comment"


def find_in_mof(tree: SyntaxTree, guid: UUID, digits: str) -> list[Occurrence]:
    """Return the occurrences of a GUID in order, with the edits that put `digits` there."""
    pattern = text_pattern(guid)
    found = [*_in_strings(tree, pattern, digits), *_elsewhere(tree, pattern, digits)]
    return sorted(found, key=lambda occurrence: occurrence.span)


def _in_strings(tree: SyntaxTree, pattern: re.Pattern[str], digits: str) -> Iterator[Occurrence]:
    for first, end in _string_groups(tree):
        if not pattern.search(_meaning(tree.texts[first:end])):
            continue
        characters, places = _meant(tree, first, end)
        for match in pattern.finditer(characters):
            offsets = places[slice(*match.span())]
            edits = digit_edits(match[0], offsets, digits)
            written = [offset for offset in offsets if offset is not None]
            span = Span(written[0], written[-1] + 1) if written else tree.token_span(first)
            left = _ESCAPED if edits is None else None
            yield Occurrence(tree.source, span, Kind.GUID, edits or (), left=left)


def _string_groups(tree: SyntaxTree) -> Iterator[tuple[int, int]]:
    """Yield the first token, and that behind the last, of each string."""
    first = -1
    for token, kind in enumerate(tree.kinds):
        is_string = kind in STRING_KINDS
        if is_string and first < 0:
            first = token
        elif not is_string and first >= 0:
            yield first, token
            first = -1


def _meaning(literals: list[str]) -> str:
    """Return what literals mean together, as far as a GUID can be written with it."""
    inner = [literal[1 : _inner_end(literal)] for literal in literals]
    if any("\\" in text for text in inner):
        # One by one: an escape does not take digits from the next literal.
        inner = [_ESCAPE.sub(lambda match: _character(match[0]), text) for text in inner]
    return "".join(inner)


def _meant(tree: SyntaxTree, first: int, end: int) -> tuple[str, list[int | None]]:
    """Return what `_meaning` does, and for each character its place; None for an escape."""
    characters: list[str] = []
    places: list[int | None] = []
    for token in range(first, end):
        start = tree.starts[token]
        stop = start + _inner_end(tree.texts[token])
        for piece in _PIECE.finditer(tree.source.text, start + 1, stop):
            is_escape = len(piece[0]) > 1
            characters.append(_character(piece[0]) if is_escape else piece[0])
            places.append(None if is_escape else piece.start())
    return "".join(characters), places


def _inner_end(literal: str) -> int:
    """Return where the closing quote is; a literal that is not closed has none."""
    return len(literal) - (literal[-1] not in hexdigits)


def _character(escape: str) -> str:
    """Return what an escape stands for; something else where that is in no GUID."""
    return chr(int(f"0{escape[1:]}", 0)) if escape[1] in "xX" else "\0"


def _elsewhere(tree: SyntaxTree, pattern: re.Pattern[str], digits: str) -> Iterator[Occurrence]:
    """Yield what is not in strings: in comments, in lines for the C preprocessor, in odd places."""
    source = tree.source
    gap, comments = Span(0, 0), [Span(0, 0)]
    for match in pattern.finditer(source.text):
        span = Span(*match.span())
        token = tree.token_at(span.start)
        if token >= 0 and span.start < tree.token_end(token):
            if tree.kinds[token] not in STRING_KINDS:
                yield Occurrence(source, span, Kind.GUID, left=_NO_STRING)
            continue
        if span.start >= gap.end:
            gap = tree.trivia_before(token + 1)
            comments = list(comment_spans(source.text, *gap))
        edits = digit_edits(match[0], range(*span), digits) or ()
        yield Occurrence(source, span, Kind.GUID, edits, is_within(span.start, comments))
