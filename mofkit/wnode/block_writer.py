"""The items of a data block, written by a layout."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import NoReturn

from mofkit.binary import BuildError
from mofkit.binary.utf16 import encode_units
from mofkit.cim import CimType
from mofkit.wnode.layout import (
    DATETIME_BYTES,
    Item,
    Misfit,
    Record,
    Scalar,
    Sound,
    Text,
    alignment_of,
)

__all__ = ["BlockWriter"]

_MAX_STRING_BYTES = 0xFFFE  # what a USHORT counts, and an even number of bytes


class BlockWriter:
    """Writes one block. Values come from outside, so their types are looked at."""

    def __init__(self, layout: Record) -> None:
        self._layout = layout
        self._out = bytearray()
        self._pos = 0  # of what comes next; the padding up to there is written with it

    def write(self, values: Mapping[str, object]) -> bytes:
        """Return the bytes.

        Raises:
            BuildError: E-WITEM or E-WSIZEIS, at the first item that cannot be written.
        """
        self._members(self._layout, values, self._layout.name)
        return bytes(self._out)

    def _members(self, record: Record, values: object, path: str) -> None:
        if not isinstance(values, Mapping):
            _fail(path, f"{values!r:.60} has no items")
        names = {item.name for item in record.items}
        for name in values:
            if name not in names:
                _fail(path, f"there is no item {name}")
        counts = {name.lower(): value for name, value in values.items()}
        for item in record.items:
            item_path = f"{path}.{item.name}"
            if item.name not in values:
                _fail(item_path, "has no value")
            self._item(item, values[item.name], counts, item_path)

    def _item(self, item: Item, value: object, counts: Mapping[str, object], path: str) -> None:
        element = item.element
        if isinstance(element, Misfit):
            raise BuildError(element.code, path, element.reason)
        self._align(element)
        if item.count is None:
            self._value(element, value, path)
            return
        if not isinstance(value, list):
            _fail(path, f"{value!r:.60} is no list")
        if isinstance(item.count, str):
            count = counts[item.count.lower()]
            if count != len(value):
                reason = f"{item.count} is {count}, the list has {len(value)} elements"
                raise BuildError("E-WSIZEIS", path, reason)
        elif item.count != len(value):
            _fail(path, f"the array has {item.count} elements, the list has {len(value)}")
        for i, one in enumerate(value):
            self._value(element, one, f"{path}[{i}]")

    def _value(self, element: Sound, value: object, path: str) -> None:
        match element:
            case Scalar():
                self._put(_scalar(element, value, path))
            case Text.STRING:
                self._put(_string(value, path))
            case Text.DATETIME:
                self._put(_datetime(value, path))
            case Record():
                self._members(element, value, path)
                self._align(element)
                self._put(b"")

    def _align(self, element: Sound) -> None:
        self._pos += -self._pos % alignment_of(element)

    def _put(self, data: bytes) -> None:
        self._out += bytes(self._pos - len(self._out)) + data
        self._pos = len(self._out)


def _scalar(scalar: Scalar, value: object, path: str) -> bytes:
    if scalar.type is CimType.BOOLEAN:
        if not isinstance(value, bool):
            _fail(path, f"{value!r:.60} is no boolean")
    elif not isinstance(value, int) or isinstance(value, bool):
        _fail(path, f"{value!r:.60} is no integer")
    elif value not in (scalar.type.integer_range or ()):
        _fail(path, f"{value} is no {scalar.type.value}")
    return struct.pack(f"<{scalar.code}", value)


def _string(value: object, path: str) -> bytes:
    units = _units(value, path)
    if len(units) > _MAX_STRING_BYTES:
        _fail(path, f"has {len(units) // 2} UTF-16 units, more than 32767")
    if units.endswith(b"\0\0"):
        _fail(path, "ends in NUL, which readers take away")
    return struct.pack("<H", len(units)) + units


def _datetime(value: object, path: str) -> bytes:
    units = _units(value, path)
    if len(units) != DATETIME_BYTES:
        _fail(path, f"has {len(units) // 2} UTF-16 units, a datetime has {DATETIME_BYTES // 2}")
    return units


def _units(value: object, path: str) -> bytes:
    if not isinstance(value, str):
        _fail(path, f"{value!r:.60} is no text")
    return encode_units(value)


def _fail(path: str, reason: str) -> NoReturn:
    raise BuildError("E-WITEM", path, reason)
