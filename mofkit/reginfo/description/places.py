"""Where the values of a description stand in its text.

Reading a description goes through `json` and `tomllib`, which tell no places. Only when something
is wrong is the text gone through once more: `json_places.py` walks it with the parts of `json`,
`toml_places.py` has tomlkit read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from mofkit.reginfo.description.errors import Key
from mofkit.source import Span

__all__ = ["Format", "Places", "find_places", "first_deep_place", "line_of"]

Format: TypeAlias = Literal["json", "toml"]

_MAX_DEPTH: Final = 100
_BRACKET = re.compile(r"[][{}]")


@dataclass(frozen=True, slots=True)
class Places:
    """What was found in a text.

    Attributes:
        spans: of each value its key, which in TOML may be dotted, or the header of its table; of an
            element of an array its first character.
        doubled: JSON objects' names that were there already, in order.
    """

    spans: Mapping[Key, Span] = field(default_factory=dict)
    doubled: tuple[tuple[Key, Span], ...] = ()

    def span(self, key: Key) -> Span:
        """Return the place of a value, or of the nearest value around it that has one."""
        for length in range(len(key), 0, -1):
            if key[:length] in self.spans:
                return self.spans[key[:length]]
        return Span.at(0)


def find_places(
    text: str,
    format: Format,  # noqa: A002 - as --format
    wanted: Iterable[Key] | None = None,
) -> Places:
    r"""Return the places in a text that `json` or `tomllib` can read.

    With `wanted`, at least those of these keys and of what is around them; doubled names are then
    not looked for.

    >>> find_places("a = 1\nb.c = [2, {d = 3}]", "toml").spans[("b", "c", 1, "d")]
    Span(start=17, end=18)
    """
    if format == "json":
        from mofkit.reginfo.description.json_places import json_places

        spans, doubled = json_places(text, wanted)
        return Places(spans, tuple(doubled))
    from mofkit.reginfo.description.toml_places import toml_places

    return Places(toml_places(text))


def first_deep_place(text: str) -> int:
    """Return the offset from which a text is nested too deeply to be read.

    It need not be well-formed, and brackets in its strings and comments count like the others.
    """
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > _MAX_DEPTH:
            return bracket.start()
    return 0


def line_of(text: str, offset: int) -> int:
    """Return the line of an offset, from 1."""
    return text.count("\n", 0, offset) + 1
