r"""From a place in the value of a string to the place in the file that says it.

A rule that reads a language inside a string (`mofkit/embedded`) finds faults in the value. In the
file the value may be spread over several literals, and a character of it may be an escape of up to
six. The map is worked out when a finding asks for it; no other string pays for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from mofkit.cim import CimString
from mofkit.cim.origin import Origin
from mofkit.compiler.literals import escapes, string
from mofkit.source import Span

__all__ = ["span_in_file"]


def span_in_file(text: CimString, span: Span) -> Span:
    r"""Return the place in its file of a part of a string's value.

    `span` counts code points of `text.value`; an empty one is in front of a character, or behind
    the last. A part that reaches over several literals covers what stands between them. Where the
    literals do not say the value character by character (one is not closed, or a macro stands
    among them), the whole of them is returned.

    Raises:
        ValueError: nothing is known of where the string was written, or `span` is outside its
            value.

    >>> from mofkit import bind, parse_source
    >>> source = r'instance of A { P = "a\x41-" "b"; };'
    >>> value = bind([parse_source(source)]).schema.instances[0].properties[0].value
    >>> value.value, [source[slice(*span_in_file(value, Span(i, i + 1)))] for i in range(4)]
    ('aA-b', ['a', '\\x41', '-', 'b'])
    """
    if text.origin is None:
        raise ValueError(f"nothing says where {text.value!r} was written")
    if not 0 <= span.start <= span.end <= len(text.value):
        raise ValueError(f"{span} is outside the {len(text.value)} characters of the value")
    origin = text.origin
    places = _places(origin, text.value)
    if places is None:
        return origin.span
    if span.length:
        return Span(places[span.start].start, places[span.end - 1].end)
    if span.start < len(places):
        return Span.at(places[span.start].start)
    return Span.at(places[-1].end if places else origin.span.start + 1)


def _places(origin: Origin, value: str) -> list[Span] | None:
    """Return the place of each character of the value; None where that cannot be said."""
    literals = [origin.tokens.span(at, at + 1) for at in range(origin.first, origin.end)]
    texts = [origin.source.text[start:end] for start, end in literals]
    if not all(_is_closed(text) for text in texts) or string(texts) != value:
        return None
    units: list[tuple[str, Span]] = []
    for place, text in zip(literals, texts, strict=True):
        units += _units(text[1:-1], place.start + 1)
    places = _with_pairs_joined(units)
    return places if len(places) == len(value) else None


def _is_closed(literal: str) -> bool:
    return len(literal) > 1 and literal[0] == literal[-1] == '"'


def _units(text: str, start: int) -> Iterator[tuple[str, Span]]:
    """Yield the characters that the inside of a literal says, each with its place."""
    at = 0
    for first, end, meaning in escapes(text):
        for plain in range(at, first):
            yield text[plain], Span(start + plain, start + plain + 1)
        yield meaning, Span(start + first, start + end)
        at = end
    for plain in range(at, len(text)):
        yield text[plain], Span(start + plain, start + plain + 1)


def _with_pairs_joined(units: list[tuple[str, Span]]) -> list[Span]:
    """Return the places, with one for two escapes that are the halves of a surrogate pair."""
    places: list[Span] = []
    high = False  # the last place is the first half of what may be a pair
    for character, place in units:
        if high and "\udc00" <= character <= "\udfff":
            places[-1] = Span(places[-1].start, place.end)
            high = False
        else:
            places.append(place)
            high = "\ud800" <= character <= "\udbff"
    return places
