"""The bytes of values: strings, scalars and arrays of them; objects are the records' business.

Takes the place that the record around it claims for a value, and gives a value of `mofkit.cim`.
"""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct, calcsize, unpack_from
from typing import TYPE_CHECKING, Any, Final

from mofkit.binary.utf16 import decode_units, n_units
from mofkit.bmf.enums import MAX_ARRAY_ITEMS, BmfType
from mofkit.bmf.findings import Findings
from mofkit.bmf.structs import array_row
from mofkit.cim import (
    CimAlias,
    CimArray,
    CimBoolean,
    CimCharacter,
    CimInteger,
    CimReal,
    CimString,
    CimValue,
)

if TYPE_CHECKING:
    from mofkit.bmf.trace import PayloadTrace

__all__ = ["ValueReader"]


def _boolean(value: int) -> CimBoolean:
    return CimBoolean(value != 0)


def _character(value: int) -> CimCharacter:
    return CimCharacter(chr(value))


_NUMBERS: Final[dict[int, tuple[str, Callable[[Any], CimValue]]]] = {
    BmfType.SINT16: ("H", _character),
    BmfType.SINT32: ("i", CimInteger),
    BmfType.REAL64: ("d", CimReal),
    BmfType.BOOLEAN: ("H", _boolean),
    BmfType.REAL32: ("f", CimReal),
    BmfType.SINT8: ("b", CimInteger),
    BmfType.UINT8: ("B", CimInteger),
    BmfType.UINT16: ("H", CimInteger),
    BmfType.UINT32: ("I", CimInteger),
    BmfType.SINT64: ("q", CimInteger),
    BmfType.UINT64: ("Q", CimInteger),
}
"""How numbers are stored, and what they are as a literal. 2 is the type of character literals."""

_TEXTS: Final[dict[int, Callable[[str], CimValue]]] = {
    BmfType.STRING: CimString,
    BmfType.ALIAS: CimAlias,
}

_OF_LITERALS: Final = frozenset(
    {
        BmfType.SINT16,
        BmfType.SINT32,
        BmfType.REAL64,
        BmfType.BOOLEAN,
        BmfType.STRING,
        BmfType.ALIAS,
    }
)
"""The types that mofcomp gives literals; it never stores a value of another one."""

_SINT32: Final = Struct("<i").unpack_from


class ValueReader:
    """Reads the values of one payload."""

    def __init__(
        self, payload: bytes, findings: Findings, trace: PayloadTrace | None = None
    ) -> None:
        self._data = payload
        self._findings = findings
        self._trace = trace
        self._texts: dict[bytes, str] = {}
        self._n_items = 0

    def text(self, start: int, end: int, field: str) -> str:
        """Return the string that stands from `start` to `end`, padding included."""
        raw = self._data[start:end]
        found = self._texts.get(raw)
        if found is None or self._trace is not None:
            n_warnings = len(self._findings.warnings)
            made = self._strings(start, end, 1, field)[0]
            found = made if found is None else found
            if len(self._findings.warnings) == n_warnings:
                self._texts[raw] = found
        return found

    def scalar(self, code: int, start: int, end: int) -> CimValue:
        """Return the scalar of a type that fills a place, padding included."""
        self._check_code(code, start)
        if code in _TEXTS:
            return _TEXTS[code](self.text(start, end, "value"))
        if code == BmfType.SINT32 and end - start == 4:
            numbers: list[CimValue] = [CimInteger(_SINT32(self._data, start)[0])]
        else:
            numbers = self._numbers(code, start, end, 1)
        if self._trace is not None:
            self._trace.numbers(code, _width(code), numbers, start, end, "value")
        return numbers[0]

    def array(self, code: int, start: int, end: int) -> CimArray:
        """Return the array that fills a place; `code` is the type of its items."""
        count = self.array_count(start, end)
        start += array_row.size
        self._check_code(code, start)
        self._take_items(min(count, (end - start) // _width(code)), start)
        if code not in _TEXTS:
            numbers = self._numbers(code, start, end, count)
            if self._trace is not None:
                self._trace.numbers(code, _width(code), numbers, start, end, "items")
            return CimArray(tuple(numbers))
        texts = self._strings(start, end, count, "items")
        return CimArray(tuple([_TEXTS[code](text) for text in texts]))

    def array_count(self, start: int, end: int) -> int:
        """Return how many items an array claims to have, its header having been checked."""
        findings = self._findings
        if end - start < array_row.size:
            findings.refuse("E-SIZE", start, "array", f"{end - start} bytes cannot hold a header")
        size, dimensions, count, data_size = array_row.struct.unpack_from(self._data, start)
        if self._trace is not None:
            self._trace.header(array_row, start, "array")
        if size != end - start:
            findings.refuse("E-SIZE", start, "array", f"size is {size}, its place {end - start}")
        if dimensions != 1:
            findings.note("W-CONSTANT", start + 4, "array", f"second field is {dimensions}, not 1")
        if data_size != size - 12:
            message = f"data size is {data_size}, not {size - 12}"
            findings.note("W-CONSTANT", start + 12, "array", message)
        return int(count)

    def _check_code(self, code: int, start: int) -> None:
        if code in _OF_LITERALS:
            return
        if code not in _NUMBERS:
            self._findings.refuse("E-TYPE", start, "value", f"type {code:#x} has no such value")
        message = f"no literal has the type {code:#x}"
        self._findings.note("W-TYPE", start, "value", message)

    def _take_items(self, n_items: int, start: int) -> None:
        """Refuse a payload with so many items that it was made to take memory."""
        self._n_items += n_items
        if self._n_items > MAX_ARRAY_ITEMS:
            reason = f"the arrays have more than {MAX_ARRAY_ITEMS:,} items"
            self._findings.refuse("E-MANY", start, "array", reason)

    def _strings(self, start: int, end: int, count: int, field: str) -> list[str]:
        """Return `count` strings: all are ended by a zero unit, the last one may be padded."""
        raw = self._data[start:end]
        if len(raw) & 1:
            self._findings.refuse("E-STRING", start, field, f"{len(raw)} bytes of UTF-16")
        texts = decode_units(raw).split("\0", count)
        if len(texts) <= count:
            which = "" if count == 1 else f" {len(texts)} of {count}"
            self._findings.refuse("E-STRING", start, field, f"string{which} has no zero at its end")
        rest = texts.pop()
        is_padding = rest == "\0" and count > 0 and n_units(texts[-1]) % 2 == 0
        if rest and not is_padding:
            self._note_padding(end - 2 * n_units(rest), field)
        if self._trace is not None:
            self._trace.strings(texts, start, end, field)
        return texts

    def _numbers(self, code: int, start: int, end: int, count: int) -> list[CimValue]:
        letter, make = _NUMBERS[code]
        width = _width(code)
        own_end = start + width * count
        if own_end > end:
            reason = f"{count} of {width} bytes do not fit into {end - start}"
            self._findings.refuse("E-SIZE", start, "value", reason)
        numbers = unpack_from(f"<{count}{letter}", self._data, start)
        padding = self._data[own_end:end]
        if padding and (any(padding) or not count or len(padding) != -width % 4):
            self._note_padding(own_end, "value")
        if code == BmfType.BOOLEAN and not {0, 0xFFFF}.issuperset(numbers):
            message = f"truth is {', '.join(map(hex, numbers))}"
            self._findings.note("W-BOOLEAN", start, "value", message)
        return [make(number) for number in numbers]

    def _note_padding(self, offset_bytes: int, field: str) -> None:
        message = "more than two zero bytes of padding, or other bytes"
        self._findings.note("W-PADDING", offset_bytes, field, message)


def _width(code: int) -> int:
    """Return how many bytes a value takes, a string at least."""
    if code in _TEXTS:
        return 2
    return calcsize(f"<{_NUMBERS[code][0]}")
