"""From the bytes of a payload to its records.

Sizes are checked against what is around them before anything is read by them, and each byte is read
once. A record that cannot be read is skipped by its size; then reading goes on behind it.

A `PayloadTrace` is told of each field that is passed, so that what is shown is what was read. Then
everything is read, also what was read before and is kept only once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from mofkit.binary import BinaryFormatError
from mofkit.binary.rows import Row
from mofkit.bmf.enums import ARRAY, MAX_DEPTH, NO_OFFSET, BmfType, ObjectKind
from mofkit.bmf.findings import Findings
from mofkit.bmf.flavors import FlavorTable, flavor_words, read_flavors
from mofkit.bmf.records import ObjectRecord, PropertyRecord, RecordValue
from mofkit.bmf.structs import (
    MAGIC,
    array_row,
    list_row,
    object_row,
    property_row,
    qualifier_row,
    root_row,
)
from mofkit.bmf.values import ValueReader
from mofkit.cim import CimBoolean, CimFlavor, CimQualifier

if TYPE_CHECKING:
    from mofkit.bmf.trace import PayloadTrace

__all__ = ["read_payload"]

_R = TypeVar("_R")


def read_payload(
    payload: bytes, findings: Findings, trace: PayloadTrace | None = None
) -> list[ObjectRecord]:
    """Return the objects of a payload, in order.

    Raises:
        BinaryFormatError: the root or the flavor table are broken; in strict reading any record.
    """
    if len(payload) < root_row.size:
        reason = f"{len(payload)} bytes cannot hold a root"
        findings.refuse("E-SIZE", 0, "root", reason)
    magic, size, one, other, count = root_row.struct.unpack_from(payload)
    if trace is not None:
        trace.header(root_row, 0, "root")
    if magic != MAGIC:
        findings.refuse("E-MAGIC", 0, "root", f"signature is {magic!r}, not {MAGIC!r}")
    if not root_row.size <= size <= len(payload):
        findings.refuse("E-SIZE", 4, "root", f"size is {size}, the payload has {len(payload)}")
    for offset_bytes, constant in ((8, one), (12, other)):
        if constant != 1:
            findings.note("W-CONSTANT", offset_bytes, "root", f"field is {constant}, not 1")
    flavors = read_flavors(payload, size, findings, trace)
    reader = _Reader(payload, flavors, findings, trace)
    objects = reader.objects(root_row.size, size, count)
    flavors.note_rest(findings)
    return objects


class _Reader:
    def __init__(
        self,
        payload: bytes,
        flavors: FlavorTable,
        findings: Findings,
        trace: PayloadTrace | None,
    ) -> None:
        self._data = payload
        self._flavors = flavors
        self._findings = findings
        self._trace = trace
        self._values = ValueReader(payload, findings, trace)
        self._qualifiers: dict[tuple[int, bytes], CimQualifier] = {}
        self._depth = 0

    def objects(self, start: int, end: int, count: int) -> list[ObjectRecord]:
        """Read objects up to `end`."""
        return self._records(start, end, count, object_row, "object", self._object)

    def _records(
        self,
        at: int,
        end: int,
        count: int,
        header: Row,
        name: str,
        read: Callable[[int, int], _R],
    ) -> list[_R]:
        """Read records, each of which begins with its size, up to `end`; skip broken ones."""
        findings, where = self._findings, self._findings.where
        depth = len(where)
        found: list[_R] = []
        index, start = 0, at
        try:
            while at < end:
                where.append(f"{name}[{index}]")
                size = self._record_size(at, end, header)
                try:
                    found.append(read(at, at + size))
                except BinaryFormatError as error:
                    findings.skip(error)
                del where[depth:]
                at += size
                index += 1
        except BinaryFormatError as error:  # where the next one begins is unknown, too
            del where[depth:]
            findings.skip(error)
            return found
        if index != count:
            findings.note("W-COUNT", start, name, f"count is {count}, there are {index}")
        return found

    def _record_size(self, at: int, end: int, header: Row) -> int:
        size = int.from_bytes(self._data[at : min(at + 4, end)], "little")
        if not header.size <= size <= end - at:
            reason = f"size is {size}, there is room for {header.size} to {end - at}"
            self._findings.refuse("E-SIZE", at, "size", reason)
        return size

    def _list(
        self, start: int, end: int, header: Row, name: str, read: Callable[[int, int], _R]
    ) -> tuple[_R, ...]:
        place = end - start
        if place < list_row.size:
            self._findings.refuse("E-SIZE", start, f"{name} list", f"{place} bytes for a list")
        size, count = list_row.struct.unpack_from(self._data, start)
        if self._trace is not None:
            self._trace.header(list_row, start, f"{name} list")
        if size != place:
            self._findings.refuse("E-SIZE", start, f"{name} list", f"{size} bytes for {place}")
        if size == list_row.size and not count:
            return ()
        return tuple(self._records(start + list_row.size, end, count, header, name, read))

    # ------------------------------------------------------------------------------ records

    def _object(self, start: int, end: int) -> ObjectRecord:
        if self._depth >= MAX_DEPTH:
            reason = f"objects are nested deeper than {MAX_DEPTH} levels"
            self._findings.refuse("E-DEPTH", start, "", reason)
        self._depth += 1
        try:
            return self._object_parts(start, end)
        finally:
            self._depth -= 1

    def _object_parts(self, start: int, end: int) -> ObjectRecord:
        fields = object_row.struct.unpack_from(self._data, start)
        _, qualifiers_offset, properties_offset, methods_offset, kind = fields
        if self._trace is not None:
            self._trace.header(object_row, start)
        base = start + object_row.size
        has_qualifiers = qualifiers_offset != NO_OFFSET
        self._check_offsets(
            start,
            qualifiers_offset == 0 or (not has_qualifiers and properties_offset == 0),
            properties_offset <= methods_offset <= end - base,
        )
        if kind not in _KINDS:
            self._findings.refuse("E-KIND", start + 16, "kind", f"kind is {kind}")
        properties, methods = base + properties_offset, base + methods_offset
        return ObjectRecord(
            _KINDS[kind],
            self._qualifier_list(base, properties) if has_qualifiers else None,
            self._list(properties, methods, property_row, "property", self._property),
            self._list(methods, end, property_row, "method", self._property),
            start,
        )

    def _property(self, start: int, end: int) -> PropertyRecord:
        fields = property_row.struct.unpack_from(self._data, start)
        _, code, name_offset, value_offset, qualifiers_offset = fields
        if self._trace is not None:
            self._trace.header(property_row, start)
        base = start + property_row.size
        length = end - base
        value_end = length if qualifiers_offset == NO_OFFSET else qualifiers_offset
        name_end = value_end if value_offset == NO_OFFSET else value_offset
        self._check_offsets(start, name_offset == 0, name_end <= value_end <= length)
        name = self._values.text(base, base + name_end, "name")
        value: RecordValue | None = None
        if value_offset != NO_OFFSET:
            value = self._value(code, base + name_end, base + value_end)
        qualifiers: tuple[CimQualifier, ...] | None = None
        if qualifiers_offset != NO_OFFSET:
            qualifiers = self._qualifier_list(base + value_end, end)
        return PropertyRecord(code, name, value, qualifiers, start)

    def _qualifier_list(self, start: int, end: int) -> tuple[CimQualifier, ...]:
        return self._list(start, end, qualifier_row, "qualifier", self._qualifier)

    def _qualifier(self, start: int, end: int) -> CimQualifier:
        """Read a qualifier. Most of them have been met before, and are made once."""
        flavor = self._flavors.take(start)
        key = flavor, self._data[start:end]
        found = self._qualifiers.get(key)
        if found is None or self._trace is not None:
            n_warnings = len(self._findings.warnings)
            made = self._new_qualifier(start, end, flavor)
            found = found or made
            if len(self._findings.warnings) == n_warnings:
                self._qualifiers[key] = found
        return found

    def _new_qualifier(self, start: int, end: int, flavor: int) -> CimQualifier:
        _, code, name_offset, value_offset = qualifier_row.struct.unpack_from(self._data, start)
        if self._trace is not None:
            self._trace.header(qualifier_row, start)
        base = start + qualifier_row.size
        self._check_offsets(start, name_offset == 0, value_offset <= end - base)
        name = self._values.text(base, base + value_offset, "name")
        read: Any = self._values.array if code & ARRAY else self._values.scalar
        value = read(code & ~ARRAY, base + value_offset, end)
        is_bare = value == CimBoolean(value=True)
        words = flavor_words(flavor)
        return CimQualifier(name, None if is_bare else value, words, CimFlavor(flavor))

    def _value(self, code: int, start: int, end: int) -> RecordValue:
        element = code & ~ARRAY
        if element != BmfType.OBJECT:
            if code & ARRAY:
                return self._values.array(element, start, end)
            return self._values.scalar(element, start, end)
        if code & ARRAY:
            count = self._values.array_count(start, end)
            return tuple(self.objects(start + array_row.size, end, count))
        size = self._record_size(start, end, object_row)
        if size != end - start:
            self._findings.refuse("E-SIZE", start, "value", f"{size} bytes for {end - start}")
        with self._findings.entering("object[0]"):
            return self._object(start, end)

    def _check_offsets(self, start: int, *is_right: bool) -> None:
        if not all(is_right):
            reason = "the offsets do not have the parts one behind the other"
            self._findings.refuse("E-LAYOUT", start, "offsets", reason)


_KINDS = {int(kind): kind for kind in ObjectKind}
