"""Binary MOF in Construct: the one description of its bytes, both directions.

The container is the file: a header, then a DS stream whose expansion is the payload. All integers
are little-endian, nothing is aligned to the file. Fixed parts, in bytes:

    ContainerHeader 16  RootHeader  20  ObjectHeader    20  ListHeader  8
    PropertyHeader  20  QualifierHeader 16  ArrayHeader 16  FlavorHeader 20  FlavorEntry 8

Offsets count from the end of the header that has them; 0xFFFFFFFF: there is no such part. A string
is UTF-16LE with a zero unit behind it. Two zero bytes of padding may follow it, or a boolean or a
character; sizes and offsets include them.
"""

from __future__ import annotations

from typing import Any

from construct import (
    Array,
    Bytes,
    Const,
    Construct,
    ExprAdapter,
    FixedSized,
    Float32l,
    Float64l,
    GreedyBytes,
    If,
    IfThenElse,
    Int8sl,
    Int8ul,
    Int16ul,
    Int32sl,
    Int32ul,
    Int64sl,
    Int64ul,
    LazyBound,
    NullTerminated,
    Optional,
    Pass,
    Struct,
    Switch,
    this,
)

from mofkit.binary.rows import row_of
from mofkit.binary.utf16 import decode_units, encode_units
from mofkit.bmf.enums import ARRAY, NO_OFFSET, BmfType

__all__ = [
    "FLAVOR_MAGIC",
    "MAGIC",
    "Container",
    "Payload",
    "array_row",
    "container_row",
    "flavor_entry_row",
    "flavor_row",
    "list_row",
    "object_row",
    "property_row",
    "qualifier_row",
    "root_row",
]

MAGIC = b"FOMB"
FLAVOR_MAGIC = b"BMOFQUALFLAVOR11"

ContainerHeader = Struct(
    "Magic" / Bytes(4),
    "Version" / Int32ul,
    "CompressedSize" / Int32ul,
    "DecompressedSize" / Int32ul,
)

Container = Struct("Header" / ContainerHeader, "Stream" / Bytes(this.Header.CompressedSize))
"""A file; `DecompressedSize` is the size of the payload."""

ListHeader = Struct("Size" / Int32ul, "Count" / Int32ul)

ArrayHeader = Struct(
    "Size" / Int32ul,
    "Dimensions" / Int32ul,  # 1 in every file; the name is a guess
    "Count" / Int32ul,
    "DataSize" / Int32ul,  # of itself and the items: Size - 12
)

QualifierHeader = Struct(
    "Size" / Int32ul,
    "Type" / Int32ul,
    "NameOffset" / Int32ul,
    "ValueOffset" / Int32ul,
)

PropertyHeader = Struct(
    "Size" / Int32ul,
    "Type" / Int32ul,
    "NameOffset" / Int32ul,
    "ValueOffset" / Int32ul,
    "QualifiersOffset" / Int32ul,
)

ObjectHeader = Struct(
    "Size" / Int32ul,
    "QualifiersOffset" / Int32ul,
    "PropertiesOffset" / Int32ul,
    "MethodsOffset" / Int32ul,
    "Kind" / Int32ul,
)

RootHeader = Struct(
    "Magic" / Bytes(4),
    "Size" / Int32ul,  # up to the flavor table
    "UnknownA" / Int32ul,  # 1 in every file, as is the next
    "UnknownB" / Int32ul,
    "ObjectCount" / Int32ul,
)

FlavorHeader = Struct("Magic" / Const(FLAVOR_MAGIC), "Count" / Int32ul)

FlavorEntry = Struct("Offset" / Int32ul, "Flavor" / Int32ul)


# ----------------------------------------------------------------------------------- values

Wstr: Construct[str, str] = ExprAdapter(
    NullTerminated(GreedyBytes, term=b"\0\0"),
    decoder=lambda obj, _context: decode_units(obj),
    encoder=lambda obj, _context: encode_units(obj),
)


def _object() -> Construct[Any, Any]:
    """Return the object, which is described further down: objects stand in objects."""
    return Object


_SCALARS: dict[int, Construct[Any, Any]] = {
    BmfType.SINT16: Int16ul,
    BmfType.SINT32: Int32sl,
    BmfType.REAL32: Float32l,
    BmfType.REAL64: Float64l,
    BmfType.STRING: Wstr,
    BmfType.BOOLEAN: Int16ul,
    BmfType.OBJECT: LazyBound(_object),
    BmfType.SINT8: Int8sl,
    BmfType.UINT8: Int8ul,
    BmfType.UINT16: Int16ul,
    BmfType.UINT32: Int32ul,
    BmfType.SINT64: Int64sl,
    BmfType.UINT64: Int64ul,
    BmfType.ALIAS: Wstr,
}


def _value(type_: Any) -> Construct[Any, Any]:
    """Return the value of the type that the header of the record around it says."""

    def element(context: Any) -> int:
        return int(type_(context)) & ~ARRAY

    scalar = Switch(element, _SCALARS)
    item = Switch(lambda context: element(context._), _SCALARS)
    array = Struct("Header" / ArrayHeader, "Items" / Array(this.Header.Count, item))
    return IfThenElse(lambda context: int(type_(context)) & ARRAY, array, scalar)


def _list(record: Construct[Any, Any]) -> Construct[Any, Any]:
    return Struct("Header" / ListHeader, "Records" / Array(this.Header.Count, record))


# ---------------------------------------------------------------------------------- records


def _name_end(context: Any) -> int:
    header = context.Header
    return int(min(header.ValueOffset, _value_end(context)))


def _value_end(context: Any) -> int:
    header = context.Header
    return int(min(header.QualifiersOffset, header.Size - PropertyHeader.sizeof()))


_own_type = this.Header.Type

Qualifier = Struct(
    "Header" / QualifierHeader,
    "Name" / FixedSized(this.Header.ValueOffset, Wstr),
    "Value"
    / FixedSized(
        this.Header.Size - QualifierHeader.sizeof() - this.Header.ValueOffset, _value(_own_type)
    ),
)

Property = Struct(
    "Header" / PropertyHeader,
    "Name" / FixedSized(_name_end, Wstr),
    "Value"
    / IfThenElse(
        this.Header.ValueOffset == NO_OFFSET,
        Pass,
        FixedSized(lambda context: _value_end(context) - _name_end(context), _value(_own_type)),
    ),
    "Qualifiers" / If(this.Header.QualifiersOffset != NO_OFFSET, _list(Qualifier)),
)
"""Properties, system properties, methods, parameters and assignments."""

Object: Construct[Any, Any] = Struct(
    "Header" / ObjectHeader,
    "Qualifiers" / If(this.Header.QualifiersOffset != NO_OFFSET, _list(Qualifier)),
    "Properties" / _list(Property),
    "Methods" / _list(Property),
)

FlavorTable = Struct("Header" / FlavorHeader, "Entries" / Array(this.Header.Count, FlavorEntry))

Payload = Struct(
    "Header" / RootHeader,
    "Objects" / Array(this.Header.ObjectCount, Object),
    "FlavorTable" / Optional(FlavorTable),
)
"""What the stream expands to. The flavor table is left out where it would be empty."""


# ------------------------------------------------------------------------------------- rows

container_row = row_of(ContainerHeader)
root_row = row_of(RootHeader)
object_row = row_of(ObjectHeader)
list_row = row_of(ListHeader)
property_row = row_of(PropertyHeader)
qualifier_row = row_of(QualifierHeader)
array_row = row_of(ArrayHeader)
flavor_row = row_of(FlavorHeader)
flavor_entry_row = row_of(FlavorEntry)
