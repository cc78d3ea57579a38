"""The qualifiers that the compiler adds to properties and parameters, taken off and put on again.

    IN or OUT  parameters that say neither (`mofkit.bmf.parameters`)
    MAX        the bound of an array, `x[4]`
    ID         parameters: their number, unless an `id` is written
    CIMTYPE    the declared type, always last

A value is stored as the kind of literal it is; only CIMTYPE has the declared type then.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from mofkit.bmf.enums import ARRAY, CIMTYPE, CIMTYPE_FLAVOR, MAX, TYPE_CODES
from mofkit.bmf.findings import Findings
from mofkit.bmf.records import PropertyRecord
from mofkit.cim import CimFlavor, CimInteger, CimQualifier, CimString, CimType

__all__ = [
    "DeclaredType",
    "cimtype_qualifier",
    "cimtype_text",
    "max_qualifier",
    "take_array_size",
    "take_type",
]

_OBJECT: Final = "object"
_REF: Final = "ref"


class DeclaredType(NamedTuple):
    """A type, and the word that declares it: for objects and references the name of their class."""

    type: CimType
    word: str
    is_array: bool = False

    @property
    def code(self) -> int:
        """The type code of a record that is declared so and has no value."""
        return TYPE_CODES[self.type] | (ARRAY if self.is_array else 0)


def cimtype_text(declared: CimType, word: str) -> str:
    """Return what CIMTYPE says of a type.

    >>> cimtype_text(CimType.UINT32, "UInt32"), cimtype_text(CimType.OBJECT, "Demo_Fan")
    ('UInt32', 'object:Demo_Fan')
    >>> cimtype_text(CimType.REFERENCE, "object"), cimtype_text(CimType.REFERENCE, "Demo_Fan")
    ('ref', 'ref:Demo_Fan')
    """
    if declared is CimType.REFERENCE:
        return _REF if word.lower() == _OBJECT else f"{_REF}:{word}"
    if declared is CimType.OBJECT and word.lower() != _OBJECT:
        return f"{_OBJECT}:{word}"
    return word


def cimtype_qualifier(declared: CimType, word: str) -> CimQualifier:
    """Return the qualifier that says the declared type."""
    return CimQualifier(CIMTYPE, CimString(cimtype_text(declared, word)), effective=_CIMTYPE_FLAVOR)


def max_qualifier(array_size: int) -> CimQualifier:
    """Return the qualifier that says the bound of an array."""
    return CimQualifier(MAX, CimInteger(array_size))


_CIMTYPE_FLAVOR: Final = CimFlavor(CIMTYPE_FLAVOR)


def take_type(
    record: PropertyRecord, qualifiers: list[CimQualifier], findings: Findings
) -> DeclaredType:
    """Return the declared type of a record, and take CIMTYPE off its qualifiers.

    Whether it is an array says the type of the record, which has to agree where it has no value.
    """
    is_array = bool(record.type & ARRAY)
    text = _cimtype_of(qualifiers)
    if not text:
        _note(record, findings, "no CIMTYPE at the end of the qualifiers")
        of_code = _TYPES.get(record.type & ~ARRAY, CimType.STRING)
        word = _OBJECT if of_code is CimType.REFERENCE else of_code.value
        return DeclaredType(of_code, word, is_array)
    if qualifiers.pop().effective != CIMTYPE_FLAVOR:
        _note(record, findings, "CIMTYPE has another flavor than the compiler gives it")
    declared, word = _parse_cimtype(text)
    if cimtype_text(declared, word) != text:
        _note(record, findings, f"CIMTYPE is {text!r}, the compiler writes another form")
    found = DeclaredType(declared, word, is_array)
    if record.value is None and record.type != found.code:
        _note(record, findings, f"type is {record.type:#x}, CIMTYPE {text!r}")
    return found


def take_array_size(declared: DeclaredType, qualifiers: list[CimQualifier]) -> int | None:
    """Return the bound of an array, and take its MAX, now the last one, off the qualifiers."""
    if not declared.is_array or not qualifiers:
        return None
    match qualifiers[-1]:
        case CimQualifier(name="MAX", value=CimInteger(size), effective=0) if size > 0:
            qualifiers.pop()
            return size
    return None


def _cimtype_of(qualifiers: list[CimQualifier]) -> str:
    match qualifiers:
        case [*_, CimQualifier(name="CIMTYPE", value=CimString(text))]:
            return text
    return ""


@lru_cache(maxsize=256)
def _parse_cimtype(text: str) -> tuple[CimType, str]:
    prefix, colon, name = text.partition(":")
    if prefix.lower() == _REF:
        return CimType.REFERENCE, name if colon else _OBJECT
    if prefix.lower() == _OBJECT and colon:
        return CimType.OBJECT, name
    return CimType.of_word(text), text


def _note(record: PropertyRecord, findings: Findings, message: str) -> None:
    findings.note("W-CIMTYPE", record.offset_bytes, "", message)


_TYPES: Final[dict[int, CimType]] = {code: cim_type for cim_type, code in TYPE_CODES.items()}
