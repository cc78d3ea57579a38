"""Changing numbers in bytes."""

from __future__ import annotations

import struct

__all__ = ["ulong", "with_ulong", "with_ushort"]


def ulong(data: bytes, at: int) -> int:
    r"""Return the little-endian ULONG at an offset.

    >>> ulong(b"\x01\0\0\0", 0)
    1
    """
    number: int = struct.unpack_from("<I", data, at)[0]
    return number


def with_ulong(data: bytes, at: int, number: int) -> bytes:
    """Return bytes in which another ULONG stands at an offset."""
    return data[:at] + struct.pack("<I", number & 0xFFFFFFFF) + data[at + 4 :]


def with_ushort(data: bytes, at: int, number: int) -> bytes:
    """Return bytes in which another USHORT stands at an offset."""
    return data[:at] + struct.pack("<H", number & 0xFFFF) + data[at + 2 :]
