"""Comments of C and of files that look like it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from mofkit.source import Span

__all__ = ["comment_spans", "is_within"]

_C: Final = re.compile(
    r"""(//(?:\\\r?\n|[^\r\n])*+|/\*[\s\S]*?(?:\*/|\Z))"""
    r"""|"(?:\\[\s\S]|[^"\\\r\n])*+"?|'(?:\\.|[^'\\\r\n]){0,8}+'"""
)
"""A comment, a string (which may not be closed), a character."""


def comment_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    r"""Yield the comments of C text, or of a part of one that begins outside of comments.

    >>> [*comment_spans('a /* b */ "// c" // d')]
    [Span(start=2, end=9), Span(start=17, end=21)]
    """
    for match in _C.finditer(text, start, len(text) if end is None else end):
        if match[1] is not None:
            yield Span(*match.span())


def is_within(offset: int, spans: Sequence[Span]) -> bool:
    """Say whether a place is in one of the spans, which are in order."""
    at = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return at >= 0 and offset < spans[at].end
