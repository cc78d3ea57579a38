"""The numbers and names of binary MOF.

Type codes are those of OLE's VARTYPE and WMI's CIMTYPE_ENUMERATION. Names of what the compiler adds
are spelled as mofcomp spells them.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from mofkit.cim import CimType

__all__ = [
    "ARRAY",
    "CIMTYPE",
    "CIMTYPE_FLAVOR",
    "ID",
    "ID_FLAVOR",
    "IN",
    "KNOWN_FLAVORS",
    "MAX",
    "MAX_DEPTH",
    "NO_OFFSET",
    "OUT",
    "PARAMETERS_CLASS",
    "RETURN_VALUE",
    "SINT32",
    "STORED_FLAVORS",
    "TYPE_CODES",
    "BmfType",
    "ObjectKind",
]


class BmfType(IntEnum):
    """What a value is, or what a property without a value is declared as."""

    VOID = 0
    SINT16 = 2
    SINT32 = 3
    REAL32 = 4
    REAL64 = 5
    STRING = 8
    BOOLEAN = 0x0B
    OBJECT = 0x0D
    SINT8 = 0x10
    UINT8 = 0x11
    UINT16 = 0x12
    UINT32 = 0x13
    SINT64 = 0x14
    UINT64 = 0x15
    DATETIME = 0x65
    REFERENCE = 0x66
    CHAR16 = 0x67
    ALIAS = 0x4008


class ObjectKind(IntEnum):
    """What an object is; the parameters of a method count as an instance."""

    CLASS = 0
    INSTANCE = 1


ARRAY: Final = 0x2000
"""ORed to a type: an array of it."""

NO_OFFSET: Final = 0xFFFFFFFF
"""An offset that leads nowhere: the part does not exist."""

MAX_DEPTH: Final = 64
"""How deep objects may stand in objects, for reading and writing. Real files have two levels."""

MAX_ARRAY_ITEMS: Final = 500_000
"""How many items that are no objects the arrays of a payload may have together, for reading and
writing. The largest known payload has some three hundred; an item takes two bytes of it, or only
one, but hundreds as a value and as text."""

CIMTYPE: Final = "CIMTYPE"
MAX: Final = "MAX"
ID: Final = "ID"
IN: Final = "IN"
OUT: Final = "OUT"
CIMTYPE_FLAVOR: Final = 0x03
ID_FLAVOR: Final = 0x11

PARAMETERS_CLASS: Final = "__PARAMETERS"
RETURN_VALUE: Final = "ReturnValue"

KNOWN_FLAVORS: Final = 0x93
"""ToInstance, ToSubclass, DisableOverride, Amended: the bits that real files have."""

STORED_FLAVORS: Final = 0xFF
"""The bits of `CimFlavor` that are the format's; those above are mofkit's own."""

SINT32: Final = range(-(2**31), 2**31)
"""The integers there are."""

TYPE_CODES: Final = {cim_type: BmfType[cim_type.name] for cim_type in CimType}
"""The code of a property that has no value."""
