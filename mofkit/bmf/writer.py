"""From records to the bytes of a payload.

Sizes and offsets follow from what is written between them, and are put in behind it. One rule has a
memory: names and values of uneven length are padded while a switch is on, which writing an array
turns off for all its items but the last, whatever stands in these.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from struct import Struct
from typing import Final, TypeVar

from mofkit.binary import BuildError
from mofkit.binary.utf16 import encode_units
from mofkit.bmf.enums import ARRAY, NO_OFFSET, STORED_FLAVORS, BmfType
from mofkit.bmf.records import ObjectRecord, PropertyRecord, RecordValue
from mofkit.bmf.structs import (
    FLAVOR_MAGIC,
    MAGIC,
    array_row,
    flavor_entry_row,
    flavor_row,
    list_row,
    object_row,
    property_row,
    qualifier_row,
    root_row,
)
from mofkit.cim import (
    CimAlias,
    CimArray,
    CimBoolean,
    CimCharacter,
    CimInteger,
    CimQualifier,
    CimReal,
    CimString,
    CimValue,
)

__all__ = ["write_payload"]

_R = TypeVar("_R")

_SINT32: Final = Struct("<i").pack
_REAL64: Final = Struct("<d").pack

_TYPES: Final[dict[type[object], BmfType]] = {
    CimString: BmfType.STRING,
    CimInteger: BmfType.SINT32,
    CimBoolean: BmfType.BOOLEAN,
    CimReal: BmfType.REAL64,
    CimCharacter: BmfType.SINT16,
    CimAlias: BmfType.ALIAS,
}


def write_payload(objects: Sequence[ObjectRecord]) -> bytes:
    """Return the payload that holds objects, with its flavor table if there are flavors.

    Raises:
        BuildError: a name has a zero inside.
    """
    writer = _Writer()
    return writer.payload(objects)


class _Writer:
    def __init__(self) -> None:
        self._out = bytearray()
        self._flavors: list[tuple[int, int]] = []
        self._texts: dict[str, bytes] = {}
        self._pads = True

    def payload(self, objects: Sequence[ObjectRecord]) -> bytes:
        out = self._out
        out += bytes(root_row.size)
        for found in objects:
            self._object(found)
        root_row.struct.pack_into(out, 0, MAGIC, len(out), 1, 1, len(objects))
        if self._flavors:
            out += flavor_row.struct.pack(FLAVOR_MAGIC, len(self._flavors))
            for entry in self._flavors:
                out += flavor_entry_row.struct.pack(*entry)
        return bytes(out)

    # ------------------------------------------------------------------------------ records

    def _object(self, found: ObjectRecord) -> None:
        out = self._out
        start = len(out)
        base = start + object_row.size
        out += bytes(object_row.size)
        qualifiers_offset = NO_OFFSET
        if found.qualifiers is not None:
            qualifiers_offset = 0
            self._list(found.qualifiers, self._qualifier)
        properties_offset = len(out) - base
        self._list(found.properties, self._property)
        methods_offset = len(out) - base
        self._list(found.methods, self._property)
        offsets = qualifiers_offset, properties_offset, methods_offset
        object_row.struct.pack_into(out, start, len(out) - start, *offsets, found.kind)

    def _list(self, records: Sequence[_R], write: Callable[[_R], None]) -> None:
        out = self._out
        start = len(out)
        out += bytes(list_row.size)
        for found in records:
            write(found)
        list_row.struct.pack_into(out, start, len(out) - start, len(records))

    def _property(self, found: PropertyRecord) -> None:
        out = self._out
        start = len(out)
        base = start + property_row.size
        out += bytes(property_row.size)
        self._text(found.name)
        value_offset = qualifiers_offset = NO_OFFSET
        if found.value is not None:
            value_offset = len(out) - base
            self._value(found.value)
        if found.qualifiers is not None:
            qualifiers_offset = len(out) - base
            self._list(found.qualifiers, self._qualifier)
        fields = len(out) - start, found.type, 0, value_offset, qualifiers_offset
        property_row.struct.pack_into(out, start, *fields)

    def _qualifier(self, found: CimQualifier) -> None:
        out = self._out
        start = len(out)
        flavor = found.effective & STORED_FLAVORS
        if flavor:
            self._flavors.append((start, flavor))
        out += bytes(qualifier_row.size)
        self._text(found.name)
        value_offset = len(out) - start - qualifier_row.size
        value = _TRUE if found.value is None else found.value
        self._value(value)
        fields = len(out) - start, _type_of(value), 0, value_offset
        qualifier_row.struct.pack_into(out, start, *fields)

    # ------------------------------------------------------------------------------- values

    def _value(self, value: RecordValue) -> None:
        match value:
            case CimArray(items):
                self._array(items, self._scalar)
            case tuple():
                self._array(value, self._object)
            case ObjectRecord():
                self._object(value)
            case _:
                self._scalar(value)

    def _array(self, items: Sequence[_R], write: Callable[[_R], None]) -> None:
        out = self._out
        start = len(out)
        out += bytes(array_row.size)
        last = len(items) - 1
        for index, item in enumerate(items):
            self._pads = index == last
            write(item)
        size = len(out) - start
        array_row.struct.pack_into(out, start, size, 1, len(items), size - 12)

    def _scalar(self, value: CimValue) -> None:
        match value:
            case CimString(text) | CimAlias(text):
                self._text(text)
            case CimInteger(number):
                self._out += _SINT32(number)
            case CimBoolean(truth):
                self._padded(b"\xff\xff" if truth else b"\0\0")
            case CimReal(real):
                self._out += _REAL64(real)
            case CimCharacter(unit):
                self._padded(encode_units(unit))
            case _:
                raise TypeError(f"{value!r} is no literal of binary MOF")

    def _text(self, text: str) -> None:
        data = self._texts.get(text)
        if data is None:
            if "\0" in text:
                raise BuildError("E-STRING", repr(text), "a zero inside would end it")
            data = self._texts[text] = encode_units(text) + b"\0\0"
        self._padded(data)

    def _padded(self, data: bytes) -> None:
        self._out += data
        if self._pads and len(data) & 2:
            self._out += b"\0\0"


_TRUE: Final = CimBoolean(value=True)


def _type_of(value: CimValue) -> int:
    if isinstance(value, CimArray):
        return ARRAY | (_TYPES[type(value.values[0])] if value.values else BmfType.STRING)
    return _TYPES[type(value)]
