r"""The digits of a GUID in a text: where they are, and others in their place.

All that is looked for is one known GUID, so the patterns are made of its digits: they find it as
text (`7C1B9A40-52D6-...`, with or without hyphens) and as the numbers of a C initialiser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from mofkit.binary.guid_text import given_digits
from mofkit.source import Edit, Span

__all__ = [
    "digit_edits",
    "digits_of",
    "initialiser_edits",
    "initialiser_pattern",
    "remnant_pattern",
    "text_pattern",
]

_GROUPS: Final = ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32))
_NUMBERS: Final = ((0, 8), (8, 12), (12, 16), *((at, at + 2) for at in range(16, 32, 2)))
_HEX: Final = frozenset("0123456789abcdefABCDEF")
_C_GAP: Final = r"(?:\s++|\\\r?\n|/\*(?:[^*]|\*(?!/)){0,400}+\*/|//[^\r\n]{0,400}+){0,64}+"
"""What may stand between two numbers. The bounds keep the time linear for any text."""
_SUFFIX: Final = r"(?:u?i(?:8|16|32|64)|[ul]*+)"
_NEXT: Final = r"[\s\\]{0,20}+,[\s\\{]{0,20}+0x[0-9a-f]{1,4}[ul]*+"
_OTHER_GUID: Final = rf"(?!(?:-?[0-9a-f]{{4}}){{3}}-?[0-9a-f]{{12}}|(?:{_NEXT}){{10}}(?!\w))"
"""Behind a first number: that no whole GUID begins with it, as text or as plain numbers."""
_SMALL: Final = 0x10000
"""Numbers below this are too common to be a sign of a GUID."""


def digits_of(guid: UUID | str) -> str:
    """Return the 32 digits of a GUID: of a text in the case it has, of a `UUID` in upper case.

    Raises:
        ValueError: the text is no GUID.
    """
    return guid.hex.upper() if isinstance(guid, UUID) else given_digits(guid)


def text_pattern(guid: UUID) -> re.Pattern[str]:
    """Return the pattern of a GUID written as text, in any case, not within longer digits."""
    groups = "-?".join(guid.hex[start:end] for start, end in _GROUPS)
    return re.compile(rf"(?<![0-9a-f]){groups}(?![0-9a-f])", re.IGNORECASE)


def digit_edits(text: str, offsets: Sequence[int | None], digits: str) -> tuple[Edit, ...] | None:
    """Return the edits that put other digits for those of a GUID.

    `text` is what the GUID looks like to a reader of the file, and `offsets` says where in the file
    each character stands as it is; None is one that is written otherwise (an escape). The new
    digits take the case of the old ones where all letters of these have the same.

    Returns None where a digit is written otherwise: it cannot be changed in place.

    >>> digit_edits("ab-1", range(5, 9), "CD2")
    (Edit(span=Span(start=5, end=9), text='cd-2'),)
    """
    new = iter(_in_case_of(text, digits))
    edits: list[Edit] = []
    for character, offset in zip(text, offsets, strict=True):
        is_digit = character in _HEX
        if offset is None:
            if is_digit:
                return None
            continue
        written = next(new) if is_digit else character
        if edits and edits[-1].span.end == offset:
            span, before = edits.pop()
            edits.append(Edit(Span(span.start, offset + 1), before + written))
        else:
            edits.append(Edit(Span(offset, offset + 1), written))
    return tuple(edits)


def initialiser_pattern(guid: UUID) -> re.Pattern[str]:
    """Return the pattern of the eleven numbers of a GUID in C; each number's digits are a group.

    It finds `0x7c1b9a40, 0x52d6, 0x4e0b, {0x9d, ...}`, with the inner braces (once or twice) or
    without, whatever stands around it: `DEFINE_GUID(name, ...)` or the braces of a `GUID`.
    """
    comma = rf"{_C_GAP},{_C_GAP}"
    numbers = [
        rf"0x(0*{guid.hex[start:end].lstrip('0')}){_SUFFIX}" if guid.hex[start:end].strip("0")
        else rf"0x(0++){_SUFFIX}"
        for start, end in _NUMBERS
    ]  # fmt: skip
    head, tail = comma.join(numbers[:3]), comma.join(numbers[3:])
    return re.compile(rf"(?<!\w){head}{comma}(?:\{{{_C_GAP}){{0,2}}{tail}(?!\w)", re.IGNORECASE)


def remnant_pattern(guid: UUID) -> re.Pattern[str]:
    r"""Return the pattern of what a GUID has in any form: its first number, or its first bytes.

    The number is in hexadecimal or decimal, perhaps with the `'` of C++ in it; the bytes are as a
    `hex:` value of a `.reg` file has them. It is not found at the beginning of another GUID.

    >>> guid = UUID("7c1b9a40-52d6-4e0b-9d0d-3b1e6a7f2c11")
    >>> text = "0x7c1b'9a40 2082183744 hex:40,9a,1b,7c,d6,52 7C1B9A40-52D6-4E0B-9D0D-3B1E6A7F2C12"
    >>> remnant_pattern(guid).findall(text)
    ["0x7c1b'9a40", '2082183744', '40,9a,1b,7c,d6,52']
    """
    number = int(guid.hex[:8], 16)
    numbers = [guid.hex[:8]]
    if number >= _SMALL:
        numbers = [f"0*{digits}" for digits in (f"{number:x}", f"{number}")]
    hexadecimal, *decimal = ("'?".join(re.findall(r"0\*|\w", text)) for text in numbers)
    first_bytes = r",[\s\\]{0,20}+".join(f"{byte:02x}" for byte in guid.bytes_le[:6])
    forms = "|".join([f"(?:0x)?{hexadecimal}", *decimal])
    return re.compile(
        rf"(?<![0-9a-z])(?:(?:{forms})(?![0-9a-f]){_OTHER_GUID}|{first_bytes})", re.IGNORECASE
    )


def initialiser_edits(match: re.Match[str], digits: str) -> tuple[Edit, ...]:
    """Return the edits that put other digits for those of an initialiser.

    Numbers stay as wide as their types, or without leading zeros where one of them was so.
    """
    old = [match[number] for number in range(1, len(_NUMBERS) + 1)]
    new = _in_case_of("".join(old), digits)
    is_padded = all(
        len(text) >= end - start for text, (start, end) in zip(old, _NUMBERS, strict=True)
    )
    return tuple(_number_edits(match, new, is_padded=is_padded))


def _number_edits(match: re.Match[str], digits: str, *, is_padded: bool) -> Iterator[Edit]:
    for number, (start, end) in enumerate(_NUMBERS, 1):
        text = digits[start:end]
        if not is_padded:
            text = text.lstrip("0") or "0"
        yield Edit(Span(*match.span(number)), text)


def _in_case_of(old: str, digits: str) -> str:
    if old.isupper():
        return digits.upper()
    return digits.lower() if old.islower() else digits
