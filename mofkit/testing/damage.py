"""Bytes that were valid once: what a reader of any bytes is tried on.

Nothing is known of what comes out, unlike with `mofkit.testing.mutations`: it may be valid still.
Strategies; they need the extra `mofkit[testing]`.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

if TYPE_CHECKING:
    from mofkit.testing.laws import Kind

__all__ = ["any_bytes_of", "damaged", "damaged_files"]


@st.composite
def damaged(draw: st.DrawFn, whole: st.SearchStrategy[bytes]) -> bytes:
    r"""Return bytes with one to four things done to them.

    That is: cut, a bit flipped, a byte or a ULONG changed to one at a limit, a piece left out or
    doubled, some bytes or a word of MOF put in.

    >>> from hypothesis import find
    >>> find(damaged(st.just(b"ab")), lambda data: data.startswith(b"\0"))
    b'\x00b'
    """
    data = draw(whole)
    for way, place, number in draw(_EDITS):
        data = _edited(data, way, place % (len(data) + 1), number)
    return data


def any_bytes_of(kind: Kind) -> st.SearchStrategy[bytes]:
    """Return what the laws of any bytes are tried on: valid, near-valid, damaged, and noise."""
    valid = kind.inputs().map(kind.to_bytes)
    found = valid | damaged(valid) | damaged(valid)
    return found | st.binary(max_size=100)


def damaged_files(kind: Kind) -> st.SearchStrategy[bytes]:
    """Return files: around damaged contents, and damaged themselves where that is not the same."""
    return any_bytes_of(kind).map(kind.to_file) | damaged(
        kind.inputs().map(kind.to_bytes).map(kind.to_file)
    )


def _edited(data: bytes, way: str, at: int, number: int) -> bytes:
    """Return data with one change; `number` chooses what is put there, or how much goes."""
    edge = _EDGES[number % len(_EDGES)]
    match way:
        case "byte":
            return data[:at] + bytes([edge & 0xFF]) + data[at + 1 :]
        case "ulong":
            at &= ~1  # fields of binary formats stand at even offsets
            return data[:at] + struct.pack("<I", edge) + data[at + 4 :]
        case "count":
            return data[:at] + struct.pack("<I", number) + data[at + 4 :]
        case "bit" if at < len(data):
            return data[:at] + bytes([data[at] ^ 1 << number % 8]) + data[at + 1 :]
        case "cut":
            return data[:at]
        case "remove":
            return data[:at] + data[at + 1 + number % 40 :]
        case "double":
            return data[:at] + data[at : at + 1 + number % 40] * 2 + data[at + 1 + number % 40 :]
        case "insert":
            return data[:at] + _WORDS[number % len(_WORDS)] + data[at:]
        case _:
            return data


_WAYS: Final = ("byte", "bit", "ulong", "count", "remove", "double", "insert", "cut")
_PLACES: Final = st.integers(0, 40) | st.integers(0, (1 << 16) - 1)
"""Headers stand in front, and a change there leads far."""

_EDITS: Final = st.lists(
    st.tuples(st.sampled_from(_WAYS), _PLACES, st.integers(0, 511)),
    min_size=1,
    max_size=4,
)
_EDGES: Final = (
    *(0, 1, 2, 3, 8, 0x0D, 20, 0x200D),
    *(0x7FFFFFFF, 0x80000000, 0xFFFFFFFC, 0xFFFFFFFE, 0xFFFFFFFF),
)
_WORDS: Final = (
    *(b"\0", b"\xff\xfe", b"\xd8\x00", b"\r", b"\n", b"FOMB"),
    *(b" ", b'"', b"'", b"\\", b"/*", b"*/", b"//", b"{", b"}", b"[", b"]", b"(", b")", b";", b","),
    *(b":", b"=", b"$A", b"#pragma ", b"class ", b"instance of ", b"ref ", b"NULL", b"08", b"1e"),
)
