"""Words that are one slip of the finger away from a known one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

__all__ = ["meant_word"]

_MIN_CHARS: Final = 4
"""Shorter words are near to too many others."""


def meant_word(word: str, known: Iterable[str]) -> str | None:
    """Return the known word, in lower case, that a misspelled one was meant to be.

    The known words are in lower case; of the other word letter case does not count.
    A slip is a character left out, added, changed, or two neighbours that changed places.

    >>> meant_word("Unit32", ["string", "uint32"]), meant_word("Wdgt", ["width"])
    ('uint32', None)
    """
    lower = word.lower()
    if len(lower) < _MIN_CHARS:
        return None
    lengths = range(max(_MIN_CHARS, len(lower) - 1), len(lower) + 2)
    return next((one for one in known if len(one) in lengths and _is_slip(lower, one)), None)


def _is_slip(word: str, known: str) -> bool:
    if word[0] != known[0] and word[-1] != known[-1]:
        return False  # no slip changes both ends
    first = 0
    while first < min(len(word), len(known)) and word[first] == known[first]:
        first += 1
    word, known = word[first:], known[first:]
    while word and known and word[-1] == known[-1]:
        word, known = word[:-1], known[:-1]
    return max(len(word), len(known)) == 1 or (len(word) == 2 and word == known[::-1])
