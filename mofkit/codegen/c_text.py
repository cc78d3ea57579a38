r"""Any text as C: identifiers, string literals, comments.

What comes out is printable ASCII whatever goes in, so that nothing in a description can end a
string, a comment or a line, and the source means the same to every compiler and code page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import hexdigits
from uuid import UUID

from mofkit.binary.utf16 import encode_units

__all__ = [
    "comment",
    "guid_initializer",
    "identifier",
    "identifier_part",
    "macro_prefix",
    "unit_rows",
    "wide_literal",
]

_IDENTIFIER_CHARS = 120
"""The longest identifier made of a name. C promises 31 characters, MSVC 2047."""

_LITERAL_COLUMNS = 72
_UNITS_A_ROW = 10


def identifier(text: str) -> str:
    """Return a C identifier in the manner of drivers for any text, "" where it has no letter.

    >>> identifier("fenwick-fan.v2"), identifier("7seg"), identifier("../é")
    ('FenwickFanV2', 'Seg', '')
    """
    words = re.findall("[A-Za-z0-9]+", text)
    joined = "".join(word[0].upper() + word[1:] for word in words).lstrip("0123456789")
    return (joined[:1].upper() + joined[1:])[:_IDENTIFIER_CHARS]


def identifier_part(text: str) -> str:
    """Return a text with `_` for each character that an identifier cannot have.

    >>> identifier_part("Fenwick_Fan"), identifier_part("a*/b")
    ('Fenwick_Fan', 'a__b')
    """
    return re.sub("[^A-Za-z0-9_]", "_", text)[:_IDENTIFIER_CHARS]


def macro_prefix(name: str) -> str:
    """Return how the macros of an identifier begin.

    >>> macro_prefix("FenwickFan")
    'FENWICK_FAN'
    """
    return re.sub("(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()


def comment(text: str) -> str:
    r"""Return a text for the inside of a comment, which it cannot end.

    >>> comment("Fan */ #error"), comment("Lüfter\n")
    ('Fan \\u002A\\u002F \\u0023error', 'L\\u00FCfter\\u000A')
    """
    return "".join(chr(unit) if chr(unit) in _PLAIN else f"\\u{unit:04X}" for unit in _units(text))


_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-. ")


def wide_literal(text: str) -> str:
    r"""Return a string literal, in several lines where it is long.

    A unit beyond ASCII is a hexadecimal escape. It takes all digits that follow, so in front of one
    another literal begins. `?` is escaped because of trigraphs.

    >>> print(wide_literal('C:\\"x"'), wide_literal("éa"), wide_literal("🔥!"))
    L"C:\\\"x\"" L"\x00E9" L"a" L"\xD83D\xDD25!"
    """
    lines, line, escaped = [], "", False
    for unit in _units(text):
        piece = _escape(unit)
        if len(line) >= _LITERAL_COLUMNS:
            lines.append(line)
            line = ""
        elif escaped and piece in hexdigits:
            line += '" L"'
        line += piece
        escaped = piece.startswith("\\x")
    lines.append(line)
    return "\n        ".join(f'L"{line}"' for line in lines)


def unit_rows(text: str) -> list[str]:
    """Return the code units as rows of an initializer: for what is too long for a literal.

    >>> unit_rows("AB")
    ['0x0041, 0x0042,']
    """
    numbers = [f"0x{unit:04X}," for unit in _units(text)]
    return [
        " ".join(numbers[start : start + _UNITS_A_ROW])
        for start in range(0, len(numbers), _UNITS_A_ROW)
    ]


def guid_initializer(guid: UUID) -> str:
    """Return what initialises a GUID.

    >>> guid_initializer(UUID("d510c931-acef-40b5-9361-1cee4dfc3e5e"))
    '{ 0xD510C931, 0xACEF, 0x40B5, { 0x93, 0x61, 0x1C, 0xEE, 0x4D, 0xFC, 0x3E, 0x5E } }'
    """
    last = ", ".join(f"0x{byte:02X}" for byte in guid.bytes[8:])
    data1, data2, data3 = guid.fields[:3]
    return f"{{ 0x{data1:08X}, 0x{data2:04X}, 0x{data3:04X}, {{ {last} }} }}"


def _units(text: str) -> Iterator[int]:
    data = encode_units(text)
    return (int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data), 2))


def _escape(unit: int) -> str:
    character = chr(unit)
    if character in '"\\?':
        return f"\\{character}"
    return character if " " <= character <= "~" else f"\\x{unit:04X}"
