"""UTF-16LE code units as Python text, unpaired surrogates included.

Windows never checks that its strings are well-formed, so neither does reading them; a lone
surrogate stays one in the text and is written again as it was.
"""

from __future__ import annotations

import re
from codecs import utf_16_le_decode, utf_16_le_encode  # a quarter of the time of bytes.decode

__all__ = ["decode_units", "encode_units", "has_lone_surrogate", "n_units", "strip_nul"]

_SURROGATE = re.compile("[\ud800-\udfff]")


def decode_units(data: bytes | memoryview) -> str:
    r"""Return the text of an even number of bytes.

    >>> decode_units(b"F\0a\0n\0"), decode_units(b"\x3d\xd8")
    ('Fan', '\ud83d')
    """
    return utf_16_le_decode(data, "surrogatepass", True)[0]  # noqa: FBT003 - this is all


def encode_units(text: str) -> bytes:
    """Return the code units of a text; two surrogates that make a pair stay two units."""
    return utf_16_le_encode(text, "surrogatepass")[0]


def n_units(text: str) -> int:
    """Return how many UTF-16 code units a text takes."""
    return len(encode_units(text)) // 2


def has_lone_surrogate(text: str) -> bool:
    """Say whether a text that was read from code units holds an unpaired surrogate."""
    return not text.isascii() and _SURROGATE.search(text) is not None


def strip_nul(text: str) -> str:
    r"""Return a string as it is shown and compared: without NULs at the end.

    >>> strip_nul("FanMof\0")
    'FanMof'
    """
    return text.rstrip("\0")
