"""WMIREGINFOW and WMIREGGUIDW in Construct: the one description of their bytes, both directions.

Sizes (`wmistr.h`, measured with the mingw-w64 compilers):

    WMIREGINFOW    20 bytes on x86, 24 on x64: 4 bytes of padding in front of the array
    WMIREGGUIDW    28 bytes on x86, 32 on x64: its union holds a pointer
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from construct import (
    Aligned,
    Array,
    Bytes,
    Construct,
    Int16ul,
    Int32ul,
    Int64ul,
    Struct,
    Union,
    this,
)

from mofkit.binary.guid import Guid
from mofkit.binary.rows import Row, row_of
from mofkit.reginfo.enums import Arch

__all__ = ["CountedString", "Layout", "TooSmallReply", "layout"]

CountedString = Struct("Length" / Int16ul, "Data" / Bytes(this.Length))
"""A USHORT that counts bytes, then UTF-16LE; a NUL is not needed, and counted if there is one."""

TooSmallReply = Struct("SizeNeeded" / Int32ul)
"""All there is in a buffer that was too small."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The structures of one architecture; the rows are derived from the schemas."""

    pointer_bytes: int
    header: Construct[Any, Any]
    """WMIREGINFOW without its array."""
    entry: Construct[Any, Any]
    """WMIREGGUIDW."""
    reginfo: Construct[Any, Any]
    """WMIREGINFOW with its array."""
    header_row: Row
    entry_row: Row


@cache
def layout(arch: Arch) -> Layout:
    """Return the structures as the compiler for `arch` lays them out."""
    pointer = Int64ul if arch is Arch.X64 else Int32ul
    header = Aligned(
        arch.pointer_bytes,
        Struct(
            "BufferSize" / Int32ul,
            "NextWmiRegInfo" / Int32ul,
            "RegistryPath" / Int32ul,
            "MofResourceName" / Int32ul,
            "GuidCount" / Int32ul,
        ),
    )
    entry = Aligned(
        arch.pointer_bytes,
        Struct(
            "Guid" / Guid,
            "Flags" / Int32ul,
            "InstanceCount" / Int32ul,
            "Union"
            / Union(
                0,
                "InstanceNameList" / Int32ul,
                "BaseNameOffset" / Int32ul,
                "Pdo" / pointer,
                "InstanceInfo" / pointer,
            ),
        ),
    )
    return Layout(
        pointer_bytes=arch.pointer_bytes,
        header=header,
        entry=entry,
        reginfo=Struct("Header" / header, "WmiRegGuid" / Array(this.Header.GuidCount, entry)),
        header_row=row_of(header),
        entry_row=row_of(entry),
    )
