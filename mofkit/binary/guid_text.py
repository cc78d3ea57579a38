"""GUIDs as text. Apart from `guid.py`, so that who only reads text need not load Construct."""

from __future__ import annotations

from uuid import UUID

__all__ = ["guid_text", "parse_guid"]


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
