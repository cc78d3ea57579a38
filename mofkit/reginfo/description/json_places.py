"""Where the values of a JSON text stand: a walk with the standard library's own parts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from json import JSONDecoder
from typing import Final

from mofkit.reginfo.description.errors import Key
from mofkit.source import Span

__all__ = ["json_places"]

_MAX_KEY_LENGTH: Final = 12
"""No key of a description is longer. What is deeper is stepped over: the walk recurses."""

_SPACE = re.compile(r"[ \t\n\r]*")


def json_places(
    text: str, wanted: Iterable[Key] | None
) -> tuple[dict[Key, Span], list[tuple[Key, Span]]]:
    r"""Return the places in a text that `json` can read, and the names that are there twice.

    With `wanted`, those of these keys and of what is around them; all else is stepped over.

    >>> json_places('{"a": [1, {"b": 2}]}', [("a", 1, "b")])[0][("a", 1, "b")]
    Span(start=11, end=14)
    """
    walk = _Walk(text, wanted)
    walk.value(walk.skip_space(0), ())
    return walk.spans, walk.doubled


class _Walk:
    """Methods take the offset of something and return the one behind it."""

    def __init__(self, text: str, wanted: Iterable[Key] | None) -> None:
        self.spans: dict[Key, Span] = {}
        self.doubled: list[tuple[Key, Span]] = []
        self._text = text
        self._wanted = (
            None if wanted is None else {k[:n] for k in wanted for n in range(len(k) + 1)}
        )
        self._decode = JSONDecoder().raw_decode

    def value(self, start: int, key: Key) -> int:
        """Walk through a value if something in it is wanted, and step over it otherwise."""
        first = self._text[start]
        if first in "[{" and len(key) < _MAX_KEY_LENGTH and self._wants(key):
            return self._object(start, key) if first == "{" else self._array(start, key)
        return self._decode(self._text, start)[1]

    def skip_space(self, start: int) -> int:
        space = _SPACE.match(self._text, start)
        return space.end() if space else start

    def _object(self, start: int, key: Key) -> int:
        names: set[str] = set()
        start = self.skip_space(start + 1)
        while self._text[start] != "}":
            name, end = self._decode(self._text, start)
            inner, span = (*key, name), Span(start, end)
            self._note(inner, span)
            if name in names and self._wanted is None:
                self.doubled.append((inner, span))
            names.add(name)
            colon = self.skip_space(end)
            start = self._next(self.value(self.skip_space(colon + 1), inner))
        return start + 1

    def _array(self, start: int, key: Key) -> int:
        index = 0
        start = self.skip_space(start + 1)
        while self._text[start] != "]":
            inner = (*key, index)
            self._note(inner, Span(start, start + 1))
            start = self._next(self.value(start, inner))
            index += 1
        return start + 1

    def _next(self, start: int) -> int:
        """Step over a comma, if there is one."""
        start = self.skip_space(start)
        return self.skip_space(start + 1) if self._text[start] == "," else start

    def _note(self, key: Key, span: Span) -> None:
        if self._wants(key):
            self.spans[key] = span

    def _wants(self, key: Key) -> bool:
        return self._wanted is None or key in self._wanted
