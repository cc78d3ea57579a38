"""Where the literals of one string meet: MOF joins them with nothing between."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from mofkit.cim import CimString
from mofkit.source import Span

__all__ = ["Joint", "joints_of", "tight_joint"]


class Joint(NamedTuple):
    """Two literals of a string, one behind the other.

    Attributes:
        before: what the first says in the file, without its quotes.
        after: what the second says.
        place: both, with what stands between.
        behind_first: the offset behind the first one's closing quote.
    """

    before: str
    after: str
    place: Span
    behind_first: int


def joints_of(text: CimString) -> list[Joint]:
    """Return the joints of a string, in order; those with a macro or an open quote are left out."""
    origin = text.origin
    if origin is None or origin.end - origin.first < 2:
        return []
    spans = [origin.tokens.span(at, at + 1) for at in range(origin.first, origin.end)]
    said = [(span, origin.source.text[slice(*span)]) for span in spans]
    return [
        Joint(one[1:-1], two[1:-1], Span(place.start, then.end), place.end)
        for (place, one), (then, two) in pairwise(said)
        if _is_closed(one) and _is_closed(two)
    ]


def tight_joint(texts: Iterable[CimString]) -> Joint | None:
    """Return the first joint with a letter or digit on both sides: a comma may be missing."""
    for text in texts:
        for joint in joints_of(text):
            if joint.before[-1:].isalnum() and joint.after[:1].isalnum():
                return joint
    return None


def _is_closed(literal: str) -> bool:
    return len(literal) > 1 and literal[0] == literal[-1] == '"'
