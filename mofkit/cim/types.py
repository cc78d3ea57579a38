"""The basic types of CIM and what their values may be.

DSP0004 §5.2 has the fourteen intrinsic types; WMI adds `object` (any instance, by value) and `void`
(no result). A reference is written `Class ref`, so `ref` is a type here but no type word.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

__all__ = ["CimType"]


class CimType(Enum):
    """A basic type; the value is how MOF spells it."""

    BOOLEAN = "boolean"
    STRING = "string"
    DATETIME = "datetime"
    CHAR16 = "char16"
    UINT8 = "uint8"
    SINT8 = "sint8"
    UINT16 = "uint16"
    SINT16 = "sint16"
    UINT32 = "uint32"
    SINT32 = "sint32"
    UINT64 = "uint64"
    SINT64 = "sint64"
    REAL32 = "real32"
    REAL64 = "real64"
    OBJECT = "object"
    """An instance by value: of the class that the type word names, of any class for `object`."""
    REFERENCE = "ref"
    VOID = "void"

    @classmethod
    def of_word(cls, word: str) -> CimType:
        """Return the type that a type word means, in any letter case.

        Any other name is a class, whose instances are embedded by value.

        >>> CimType.of_word("UINT32"), CimType.of_word("Win32_Fan")
        (<CimType.UINT32: 'uint32'>, <CimType.OBJECT: 'object'>)
        """
        found = _BY_WORD.get(word)
        if found is not None:
            return found
        return _BY_WORD.get(word.lower(), cls.OBJECT)

    @property
    def integer_range(self) -> range | None:
        """The values of an integer type (and of `char16`, a UTF-16 unit); None for others.

        >>> CimType.SINT8.integer_range
        range(-128, 128)
        """
        return _INTEGER_RANGES.get(self)

    @property
    def is_integer(self) -> bool:
        """Whether this is one of the eight integer types."""
        return self is not CimType.CHAR16 and self in _INTEGER_RANGES

    @property
    def is_real(self) -> bool:
        """Whether this is `real32` or `real64`."""
        return self is CimType.REAL32 or self is CimType.REAL64


def _integer_ranges() -> dict[CimType, range]:
    ranges = {CimType.CHAR16: range(1 << 16)}
    for n_bits in (8, 16, 32, 64):
        ranges[CimType(f"uint{n_bits}")] = range(1 << n_bits)
        ranges[CimType(f"sint{n_bits}")] = range(-1 << n_bits - 1, 1 << n_bits - 1)
    return ranges


_BY_WORD: Final = {
    cim_type.value: cim_type for cim_type in CimType if cim_type is not CimType.REFERENCE
}
_INTEGER_RANGES: Final = _integer_ranges()
