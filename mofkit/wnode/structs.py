"""The WNODE structures in Construct: the one description of their bytes, both directions.

Every type starts with WNODE_HEADER, and has the same offsets on x86 and x64 (`wmistr.h`, measured
with the mingw-w64 compilers). Here is the fixed part of each; what follows it is found by offsets.

    type               fixed  sizeof  then
    WNODE_ALL_DATA        60      72  FixedInstanceSize, or an array of OFFSETINSTANCEDATAANDLENGTH
    WNODE_SINGLE_INSTANCE 64      64  VariableData
    WNODE_SINGLE_ITEM     68      72  VariableData
    WNODE_METHOD_ITEM     68      72  VariableData
    WNODE_EVENT_REFERENCE 68      72  TargetInstanceIndex, or TargetInstanceName in place
    WNODE_TOO_SMALL       52      56  4 bytes of padding
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from construct import Bytes, Construct, Int16ul, Int32ul, Int64ul, Struct, Union, this

from mofkit.binary.guid import Guid
from mofkit.binary.rows import Row, row_of
from mofkit.wnode.enums import WnodeFlag

__all__ = [
    "DATA_ALIGNMENT",
    "HEADER",
    "HEADER_BYTES",
    "LINKAGE_AT",
    "OFFSETINSTANCEDATAANDLENGTH",
    "SHAPES",
    "WNODE_HEADER",
    "CountedString",
    "Shape",
]

DATA_ALIGNMENT = 8
"""Where instance data start: multiples of this, from the start of the WNODE."""

CountedString = Struct("Length" / Int16ul, "Data" / Bytes(this.Length))
"""A USHORT that counts bytes, then UTF-16LE."""

WNODE_HEADER = Struct(
    "BufferSize" / Int32ul,
    "ProviderId" / Int32ul,
    "HistoricalContext"
    / Union(
        0,
        "HistoricalContext" / Int64ul,
        "Chain" / Struct("Version" / Int32ul, "Linkage" / Int32ul),
    ),
    "TimeStamp"
    / Union(
        0,
        "TimeStamp" / Int64ul,
        "CountLost" / Int32ul,
        "KernelHandle" / Int64ul,
    ),
    "Guid" / Guid,
    "ClientContext" / Int32ul,
    "Flags" / Int32ul,
)

_WNODE_ALL_DATA = Struct(
    "WnodeHeader" / WNODE_HEADER,
    "DataBlockOffset" / Int32ul,
    "InstanceCount" / Int32ul,
    "OffsetInstanceNameOffsets" / Int32ul,
)
_WNODE_SINGLE_INSTANCE = Struct(
    "WnodeHeader" / WNODE_HEADER,
    "OffsetInstanceName" / Int32ul,
    "InstanceIndex" / Int32ul,
    "DataBlockOffset" / Int32ul,
    "SizeDataBlock" / Int32ul,
)
_WNODE_SINGLE_ITEM = Struct(
    "WnodeHeader" / WNODE_HEADER,
    "OffsetInstanceName" / Int32ul,
    "InstanceIndex" / Int32ul,
    "ItemId" / Int32ul,
    "DataBlockOffset" / Int32ul,
    "SizeDataItem" / Int32ul,
)
_WNODE_METHOD_ITEM = Struct(
    "WnodeHeader" / WNODE_HEADER,
    "OffsetInstanceName" / Int32ul,
    "InstanceIndex" / Int32ul,
    "MethodId" / Int32ul,
    "DataBlockOffset" / Int32ul,
    "SizeDataBlock" / Int32ul,
)
_WNODE_EVENT_REFERENCE = Struct(
    "WnodeHeader" / WNODE_HEADER,
    "TargetGuid" / Guid,
    "TargetDataBlockSize" / Int32ul,
)
_WNODE_TOO_SMALL = Struct("WnodeHeader" / WNODE_HEADER, "SizeNeeded" / Int32ul)

OFFSETINSTANCEDATAANDLENGTH = row_of(
    Struct("OffsetInstanceData" / Int32ul, "LengthInstanceData" / Int32ul)
)

HEADER = row_of(WNODE_HEADER)
HEADER_BYTES = HEADER.size
LINKAGE_AT = 12
"""Where Linkage is: the second half of HistoricalContext."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The fixed part of a type: the header and the numbers behind it."""

    name: str
    row: Row
    min_bytes: int
    """How many bytes a reader must have; with FIXED_INSTANCE_SIZE an ALL_DATA needs 4 more."""


def _shape(name: str, schema: Construct[Any, Any], n_more_bytes: int = 0) -> Shape:
    row = row_of(schema)
    return Shape(name, row, row.size + n_more_bytes)


SHAPES = {
    WnodeFlag.ALL_DATA: _shape("WNODE_ALL_DATA", _WNODE_ALL_DATA),
    WnodeFlag.SINGLE_INSTANCE: _shape("WNODE_SINGLE_INSTANCE", _WNODE_SINGLE_INSTANCE),
    WnodeFlag.SINGLE_ITEM: _shape("WNODE_SINGLE_ITEM", _WNODE_SINGLE_ITEM),
    WnodeFlag.METHOD_ITEM: _shape("WNODE_METHOD_ITEM", _WNODE_METHOD_ITEM),
    WnodeFlag.EVENT_REFERENCE: _shape("WNODE_EVENT_REFERENCE", _WNODE_EVENT_REFERENCE, 4),
    WnodeFlag.TOO_SMALL: _shape("WNODE_TOO_SMALL", _WNODE_TOO_SMALL),
}
"""By the flag that says which type it is."""
