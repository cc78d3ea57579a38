"""The word that was meant: the nearest known one, and the fix that puts it in."""

from __future__ import annotations

from collections import Counter
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
    if len(known) > _MAX_KNOWN:
        return None
    matches = _close_matches(word, known, 1, 0.7)
    return matches[0] if matches else None


def nearest_few(word: str, known: Collection[str]) -> list[str]:
    """Return up to three known words that are spelled like `word`, letter case apart, best first.

    >>> nearest_few("fan", ["Fan", "Fan2", "Pump"])
    ['Fan', 'Fan2']
    """
    return _close_matches(word, known, 3, 0.6)


def _close_matches(word: str, known: Collection[str], n: int, cutoff: float) -> list[str]:
    lower = word.lower()
    by_lower = {candidate.lower(): candidate for candidate in known}
    near = [one for one in by_lower if _may_match(lower, one, cutoff)]
    if not near:
        return []
    from difflib import get_close_matches  # slow to load, and seldom needed

    return [by_lower[match] for match in get_close_matches(lower, near, n, cutoff)]


def _may_match(word: str, known: str, cutoff: float) -> bool:
    """Say whether the letters that two words share are enough, whatever their order."""
    n_shared = (Counter(word) & Counter(known)).total()
    return 2 * n_shared >= cutoff * (len(word) + len(known))


def replace_word(span: Span, suggestion: str | None) -> Fix | None:
    """Return the fix that puts the suggestion in; None where there is no suggestion."""
    if suggestion is None:
        return None
    return Fix(f"write `{suggestion}`", (Edit(span, suggestion),), Safety.UNSAFE)
