"""Words that are one slip of the finger away from a known one, and what follows from such slips."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from mofkit.cim import CimInstance, CimMethod, CimParameter, CimProperty, CimQualifier, Origin
from mofkit.diagnostics import Cause
from mofkit.source import Span

__all__ = ["meant_word", "property_slips", "qualifier_slips", "type_slips", "type_span"]

_MIN_CHARS: Final = 4
"""Shorter words are near to too many others, but for two letters that changed places."""


def meant_word(word: str, known: Iterable[str]) -> str | None:
    """Return the known word, in lower case, that a misspelled one was meant to be.

    The known words are in lower case; of the other word letter case does not count.
    A slip is a character left out, added, changed, or two neighbours that changed places.

    >>> meant_word("Unit32", ["string", "uint32"]), meant_word("Wdgt", ["width"])
    ('uint32', None)
    >>> meant_word("Kye", ["key"]), meant_word("Kay", ["key"])
    ('key', None)
    """
    lower = word.lower()
    if len(lower) < _MIN_CHARS:
        return next((one for one in known if _is_swap(lower, one)), None)
    lengths = range(max(_MIN_CHARS, len(lower) - 1), len(lower) + 2)
    return next((one for one in known if len(one) in lengths and _is_slip(lower, one)), None)


def qualifier_slips(qualifiers: Iterable[CimQualifier], missing: str) -> tuple[Cause, ...]:
    """Return what says of these qualifiers that the one missing is misspelled, if one is."""
    return tuple(
        Cause("STY020", one.origin.source, one.origin.name_span)
        for one in qualifiers
        if one.origin is not None and meant_word(one.name, [missing.lower()])
    )


def property_slips(instance: CimInstance, missing: str) -> tuple[Cause, ...]:
    """Return what says of an instance that the missing property is misspelled, if one is."""
    return tuple(
        Cause("PRV033", one.origin.source, one.origin.name_span)
        for one in instance.properties
        if one.origin is not None and meant_word(one.name, [missing.lower()])
    )


def type_slips(member: CimProperty | CimMethod | CimParameter) -> tuple[Cause, ...]:
    """Return what may say of a member that its type is misspelled, or of another language."""
    if member.origin is None:
        return ()
    span = type_span(member.origin, member.type_word)
    return tuple(Cause(code, member.origin.source, span) for code in ("STY021", "SEM111"))


def type_span(origin: Origin, word: str) -> Span:
    """Return the place of the type, which is the word in front of the name."""
    start, end = origin.span.start, origin.name_span.start
    at = origin.source.text.rfind(word, start, end)
    return Span(at, at + len(word)) if at >= 0 else origin.name_span


def _is_swap(word: str, known: str) -> bool:
    return len(word) > 2 and word != known and sorted(word) == sorted(known)


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
