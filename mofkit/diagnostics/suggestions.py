"""The word that was meant: the nearest known one, and the fix that puts it in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from mofkit.diagnostics.diagnostic import Fix, Safety
from mofkit.source import Edit, Span

__all__ = ["nearest", "nearest_few", "replace_word"]


_MAX_KNOWN: Final = 200
"""Comparing takes some microseconds a word, and a file can have thousands of mistakes."""


def nearest(word: str, known: Collection[str]) -> str | None:
    """Return the known word that is spelled most like `word`, letter case apart.

    None where nothing comes near, or where there are too many words to choose from.

    >>> nearest("ToSubclas", ["ToInstance", "ToSubclass"])
    'ToSubclass'
    >>> nearest("Sticky", ["ToInstance", "ToSubclass"]) is None
    True
    """
    from difflib import get_close_matches  # slow to load, and most files need no suggestion

    if len(known) > _MAX_KNOWN:
        return None
    by_lower = {candidate.lower(): candidate for candidate in known}
    matches = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.7)
    return by_lower[matches[0]] if matches else None


def nearest_few(word: str, known: Collection[str]) -> list[str]:
    """Return up to three known words that are spelled like `word`, letter case apart, best first.

    >>> nearest_few("fan", ["Fan", "Fan2", "Pump"])
    ['Fan', 'Fan2']
    """
    from difflib import get_close_matches  # slow to load, and seldom needed

    by_lower = {candidate.lower(): candidate for candidate in known}
    return [by_lower[match] for match in get_close_matches(word.lower(), by_lower, n=3)]


def replace_word(span: Span, suggestion: str | None) -> Fix | None:
    """Return the fix that puts the suggestion in; None where there is no suggestion."""
    if suggestion is None:
        return None
    return Fix(f"write `{suggestion}`", (Edit(span, suggestion),), Safety.UNSAFE)
