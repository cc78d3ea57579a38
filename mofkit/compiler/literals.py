r"""The values that literals stand for: text in, Python value out.

DSP0004 Annex A has the forms: `integerValue` in four bases, `realValue`, `stringValue` with its
escapes. What is no literal by those rules has no value here (None); the syntax layer has reported
it by then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from mofkit.cim import CimInteger, CimReal

__all__ = [
    "MAX_NUMBER_CHARS",
    "character",
    "escapes",
    "number",
    "odd_string",
    "string",
    "utf16_length",
]

MAX_NUMBER_CHARS: Final = 400
"""Longer numbers fit no type, and Python's time for reading them is quadratic."""

_NUMBER: Final = re.compile(
    r"""(?P<sign>[+-]?)
    (?: 0[xX](?P<hex>[0-9A-Fa-f]+)
      | (?P<binary>[01]+)[bB]
      | 0(?P<octal>[0-7]+)
      | (?P<decimal>0|[1-9][0-9]*)
      | (?P<real>[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?)
    )""",
    re.VERBOSE,
)
_BASES: Final = {"hex": 16, "binary": 2, "octal": 8, "decimal": 10}

_ESCAPE: Final = re.compile(r"""\\(?:[xX]([0-9A-Fa-f]{1,4})|([btnfr"'\\]))""")
_ESCAPED: Final = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_TYPOGRAPHIC: Final = "\u201c\u201d\u201e\u201f"


def number(text: str) -> CimInteger | CimReal | None:
    """Return the number that a token spells.

    >>> [number(text).value for text in ("-0x1F", "101b", "017", "-8", ".5e1")]
    [-31, 5, 15, -8, 5.0]
    >>> number("089"), number("1e5")
    (None, None)
    """
    if len(text) > MAX_NUMBER_CHARS:
        return None
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    form = found.lastgroup
    assert form is not None
    if form == "real":
        return CimReal(float(text), text)
    value = int(found[form], _BASES[form])
    return CimInteger(-value if found["sign"] == "-" else value, text)


def string(literals: Sequence[str]) -> str:
    r"""Return what adjacent string literals, quotes included, stand for together.

    DSP0004 §A.3: `\x` takes one to four hex digits, as many as there are. An escape that it does
    not know keeps its text. Escapes that are the halves of a surrogate pair make one character.

    >>> string([r'"a\x41BC"', r'"D\c"'])
    'a䆼D\\c'
    """
    parts = [literal[1:-1] for literal in literals]
    joined = "".join(parts)
    if "\\" not in joined:
        return joined
    # One by one: an escape does not take digits from the next literal.
    joined = "".join([_ESCAPE.sub(_meaning, part) for part in parts])
    if _SURROGATE.search(joined):
        return joined.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return joined


def escapes(text: str) -> Iterator[tuple[int, int, str]]:
    r"""Yield start, end and meaning of each escape between the quotes of a literal.

    >>> list(escapes(r"a\x41\n"))
    [(1, 5, 'A'), (5, 7, '\n')]
    """
    for found in _ESCAPE.finditer(text):
        yield found.start(), found.end(), _meaning(found)


def odd_string(literals: Sequence[str]) -> str:
    """Return what string literals stand for, some of which are not closed or not MOF's.

    Such a literal runs to the end of its line, or has typographic quotes.
    """
    return string([f'"{_unquoted(literal)}"' for literal in literals])


def character(literal: str) -> str | None:
    r"""Return the UTF-16 unit that a character literal stands for; None where it is not just one.

    >>> character("'A'"), character(r"'\x41'"), character("'AB'")
    ('A', 'A', None)
    """
    value = _ESCAPE.sub(_meaning, literal[1:-1])
    return value if utf16_length(value) == 1 else None


def utf16_length(text: str) -> int:
    """Return how many UTF-16 units a text takes."""
    return len(text) + sum(character > "\uffff" for character in text)


def _unquoted(literal: str) -> str:
    last = literal[-1]
    if len(literal) == 1 or (last != '"' and last not in _TYPOGRAPHIC):
        return literal[1:]
    before = literal[:-1]
    is_escaped = (len(before) - len(before.rstrip("\\"))) % 2 == 1
    return literal[1:] if is_escaped else before[1:]


def _meaning(escape: re.Match[str]) -> str:
    digits: str | None = escape[1]
    if digits is not None:
        return chr(int(digits, 16))
    return _ESCAPED.get(escape[2], escape[2])
