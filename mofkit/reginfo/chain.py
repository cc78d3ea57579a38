"""The WMIREGINFO headers of a buffer, one behind the other, their arrays and where these end.

Nothing is believed before it is checked: a header's numbers are compared with the bytes there are,
in integers that cannot wrap.
"""

from __future__ import annotations

from dataclasses import dataclass

from mofkit.binary import BinaryFormatError
from mofkit.reginfo.structs import Layout

__all__ = ["MIN_HEADER_BYTES", "Part", "read_parts"]

MIN_HEADER_BYTES = 20
"""The fields of WMIREGINFOW; on x64 padding follows, which an empty array does not need."""


@dataclass(frozen=True, slots=True)
class Part:
    """One WMIREGINFO: where it is, and its header's fields.

    `start`, `array_start`, `array_end` and `end` are offsets in the data, everything else as it
    stands in the header; `end` is `start` plus BufferSize.
    """

    layout: Layout
    index: int
    start: int
    array_start: int
    array_end: int
    end: int
    next: int
    registry_path: int
    mof_resource: int
    guid_count: int

    def place(self, field: str, entry: int | None = None) -> tuple[int, str]:
        """Return where a field of the header, or of an entry, stands in the data, and its path."""
        path = f"WMIREGINFO[{self.index}]"
        if entry is None:
            return self.start + self.layout.header_row.offset_of(field), f"{path}.{field}"
        row = self.layout.entry_row
        column = "Union" if field.partition("[")[0] in _UNION_MEMBERS else field
        at = self.array_start + entry * row.size + row.offset_of(column)
        return at, f"{path}.WmiRegGuid[{entry}].{field}"


_UNION_MEMBERS = ("InstanceNameList", "BaseNameOffset", "Pdo", "InstanceInfo")


def read_parts(data: bytes, layout: Layout, parts: list[Part]) -> None:
    """Append the parts of the chain to `parts`: what is sound stays there when an error ends it.

    Raises:
        BinaryFormatError: E-HEADER, E-BUFFERSIZE, E-GUIDCOUNT or E-NEXT.
    """
    start = 0
    while True:
        part = _read_part(data, layout, len(parts), start)
        parts.append(part)
        if not part.next:
            return
        _check_next(part, len(data))
        start += part.next


def _read_part(data: bytes, layout: Layout, index: int, start: int) -> Part:
    row = layout.header_row
    available = len(data) - start
    if available < MIN_HEADER_BYTES:
        raise _no_header(index, start, MIN_HEADER_BYTES, available)
    header = data[start : start + row.size].ljust(row.size, b"\0")
    size, following, registry_path, mof_resource, count = row.struct.unpack(header)
    if count and available < row.size:
        raise _no_header(index, start, row.size, available)
    array_start = start + min(row.size, size)
    part = Part(
        layout=layout,
        index=index,
        start=start,
        array_start=array_start,
        array_end=array_start + count * layout.entry_row.size,
        end=start + size,
        next=following,
        registry_path=registry_path,
        mof_resource=mof_resource,
        guid_count=count,
    )
    _check_size(part, available)
    return part


def _no_header(index: int, start: int, needed: int, available: int) -> BinaryFormatError:
    reason = f"a header has {needed} bytes, here are {available}"
    return BinaryFormatError("E-HEADER", start, f"WMIREGINFO[{index}]", reason)


def _check_size(part: Part, available: int) -> None:
    """Check BufferSize against the data, and GuidCount against BufferSize."""
    size = part.end - part.start
    if size > available:
        reason = f"is {size}, but here are {available} bytes"
        raise BinaryFormatError("E-BUFFERSIZE", *part.place("BufferSize"), reason)
    if size < MIN_HEADER_BYTES:
        reason = f"is {size}, less than a header has"
        raise BinaryFormatError("E-BUFFERSIZE", *part.place("BufferSize"), reason)
    if part.guid_count and part.array_end > part.end:
        needed = part.array_end - part.start
        reason = f"{part.guid_count} entries need {needed} bytes, BufferSize is {size}"
        raise BinaryFormatError("E-GUIDCOUNT", *part.place("GuidCount"), reason)


def _check_next(part: Part, n_bytes: int) -> None:
    """Check that NextWmiRegInfo leads forward, behind this array, to where a header fits."""
    follows = part.start + part.next
    if follows < part.array_end:
        reason = f"{part.next} leads into this header and its array"
    elif follows > n_bytes:
        reason = f"{part.next:#x} leads behind the end of the data"
    elif follows + MIN_HEADER_BYTES > n_bytes:
        reason = f"leaves {n_bytes - follows} bytes for a header of {MIN_HEADER_BYTES}"
    elif part.next % 4:
        reason = f"{part.next} is no multiple of 4"
    else:
        return
    raise BinaryFormatError("E-NEXT", *part.place("NextWmiRegInfo"), reason)
