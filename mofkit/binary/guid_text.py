"""GUIDs as text. Apart from `guid.py`, so that who only reads text need not load Construct."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

__all__ = ["given_digits", "guid_text", "parse_guid"]


_WIDTHS: Final = (8, 4, 4, *(2,) * 8)
_NUMBERS: Final = [rf"\s*0x([0-9a-f]{{1,{n}}})\s*" for n in _WIDTHS]
_INITIALISER: Final = rf"\{{{','.join(_NUMBERS[:3])},\s*\{{{','.join(_NUMBERS[3:])}\}}\s*\}}"
"""A pattern, compiled when it is first needed: that takes longer than the rest of this module."""


def guid_text(guid: UUID) -> str:
    """Return a GUID as mofkit prints it.

    >>> guid_text(UUID("{15d851f1-6539-11d1-a529-00a0c9062910}"))
    '15D851F1-6539-11D1-A529-00A0C9062910'
    """
    return str(guid).upper()


def parse_guid(text: str) -> UUID:
    """Return the GUID that a text means: with or without braces and hyphens, in any case.

    Raises:
        ValueError: it is none.
    """
    bare = text.strip()
    if bare.startswith("{") and bare.endswith("}"):
        bare = bare[1:-1]
    if "-" in bare and [len(part) for part in bare.split("-")] != [8, 4, 4, 4, 12]:
        raise ValueError(f"{text!r} is no GUID")
    digits = bare.replace("-", "")
    if len(digits) != 32 or not digits.isascii() or not digits.isalnum():
        raise ValueError(f"{text!r} is no GUID")
    try:
        return UUID(hex=digits)
    except ValueError:
        raise ValueError(f"{text!r} is no GUID") from None


def given_digits(text: str) -> str:
    """Return the 32 digits of a GUID as people copy them from somewhere, in the case they have.

    That is what `parse_guid` takes, `(...)`, `urn:uuid:...`, and the initialiser of a `GUID` in C.

    Raises:
        ValueError: it is none.

    >>> given_digits("{0x1DF6EA6E,0xA9AD,0x4F85,{0xA2,0xC8,0xC2,0xB0,0x35,0x4D,0xFD,0xE}}")
    '1DF6EA6EA9AD4F85A2C8C2B0354DFD0E'
    """
    bare = text.strip()
    if match := re.fullmatch(_INITIALISER, bare, re.IGNORECASE):
        return "".join(digits.zfill(n) for digits, n in zip(match.groups(), _WIDTHS, strict=True))
    if bare[:9].lower() == "urn:uuid:":
        bare = bare[9:]
    elif bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1]
    try:
        parse_guid(bare)
    except ValueError:
        raise ValueError(f"{text!r} is no GUID") from None
    return re.sub(r"[^0-9A-Fa-f]", "", bare)
