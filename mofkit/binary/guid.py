"""GUIDs: 16 bytes, the first three fields little-endian, the last eight bytes in order."""

from __future__ import annotations

from uuid import UUID

from construct import Bytes, Construct, ExprAdapter

__all__ = ["Guid", "big_endian_guids"]


Guid: Construct[UUID, UUID] = ExprAdapter(
    Bytes(16),
    decoder=lambda obj, _context: UUID(bytes_le=obj),
    encoder=lambda obj, _context: obj.bytes_le,
)
"""The C type `GUID` as a `uuid.UUID`."""


def big_endian_guids(records: bytes, record_bytes: int) -> bytes:
    """Return records that begin with a GUID, with the bytes of these in the order of `UUID.bytes`.

    Swapping the columns of all records at once takes a hundredth of the time that
    `UUID(bytes_le=...)` takes for each.

    >>> fan = UUID("15d851f1-6539-11d1-a529-00a0c9062910")
    >>> UUID(bytes=big_endian_guids(fan.bytes_le, 16)) == fan
    True
    """
    swapped = bytearray(records)
    for here, there in ((0, 3), (1, 2), (4, 5), (6, 7)):
        swapped[here::record_bytes] = records[there::record_bytes]
        swapped[there::record_bytes] = records[here::record_bytes]
    return bytes(swapped)
