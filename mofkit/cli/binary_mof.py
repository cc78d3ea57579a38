"""One binary MOF that `mofkit check` looks at: what is wrong with it, and where in the bytes."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import mofkit
from mofkit.binary import BinaryFormatError
from mofkit.bmf import IrregularError, decode
from mofkit.cim import CimInstance
from mofkit.diagnostics import BinaryPart, BinaryPlace, Diagnostic
from mofkit.linter.binary_rules import binary_rules
from mofkit.source import SourceFile, Span

if TYPE_CHECKING:
    from mofkit.binary import Annotation, BinaryWarning, Field
    from mofkit.bmf import DecodeResult
    from mofkit.bmf.carve import FoundBmf
    from mofkit.cim import SchemaItem
    from mofkit.compiler import BindResult
    from mofkit.diagnostics.binary_place import CountedIn

__all__ = ["BinaryMof"]

_SHOWN_BYTES: Final = 16
_OF_FILE: Final = ("container", "DS")
"""How the paths begin of what is wrong with the file around a payload."""


class BinaryMof:
    """One binary MOF, read as far as it can be.

    Attributes:
        text_path: the path of its text, which no file on disk has.
        findings: what is wrong with its bytes, in the order in which it was met.
        bound: what it declares, bound from its text; None where it cannot be read.
    """

    def __init__(self, found: FoundBmf, path: str) -> None:
        is_file = found.container == "file"
        self._found = found
        self._path = path
        self._source = SourceFile.from_text("", path=path)
        label = "" if is_file else found.label
        self._part = BinaryPart(found.offset_bytes, found.length_bytes, label)
        inside = "" if is_file else f"!{found.label}, at {found.offset_bytes:#x}"
        self.text_path = f"{path}{inside} (decompiled)"
        self.bound: BindResult | None = None
        self._decoded: DecodeResult | None = None
        self.findings = [self._finding(problem) for problem in self._read()]

    def place_of(self, found: Diagnostic) -> BinaryPlace:
        """Return the record that a finding in the text is about, or that follows it there."""
        ends, offsets = self._records
        at = min(bisect_right(ends, found.span.start), len(ends) - 1)
        payload = self._payload
        if at < 0 or payload is None:
            start, length = self._part.offset_bytes, self._part.length_bytes
            return BinaryPlace(self._path, start, length, "", self._part)
        offset = offsets[at]
        size = int.from_bytes(payload.data[offset : offset + 4], "little")
        field = self._fields_of_payload.get(offset)
        name = field.path.partition(".")[0] if field else ""
        return self._place(payload.data, offset, size, name, "payload")

    # ----------------------------------------------------------------------------------- reading

    def _read(self) -> Iterator[BinaryFormatError | BinaryWarning]:
        """Yield what is wrong, and take what the text of it declares."""
        if self._found.error is not None and not self._found.data:
            yield self._found.error
            return
        try:
            self._decoded = decode(self._found.data)
            made = mofkit.decompile(self._found.data)
        except BinaryFormatError as error:
            yield error
            return
        self.bound = mofkit.bind([mofkit.parse_source(made.text, path=self.text_path)])
        yield from _problems(_refused(self._found.data), made.warnings)

    def _finding(self, problem: BinaryFormatError | BinaryWarning) -> Diagnostic:
        rule = binary_rules()[problem.code]
        place = self._place_at(problem.code, problem.offset_bytes, problem.path)
        message = getattr(problem, "reason", "") or getattr(problem, "message", "")
        return Diagnostic(rule, message, self._source, Span.at(0), place=place)

    # ------------------------------------------------------------------------------------ places

    def _place_at(self, code: str, offset: int, path: str) -> BinaryPlace:
        is_of_payload = code.startswith("W-MOF-") or path.partition(".")[0] not in _OF_FILE
        if is_of_payload and self._payload is not None:
            field = self._fields_of_payload.get(offset)
            length = field.length_bytes if field else 0
            return self._place(self._payload.data, offset, length, path, "payload")
        field = _first_fields(self._annotation).get(offset)
        length = field.length_bytes if field else 0
        counted_in: CountedIn = "part" if self._found.container == "hex text" else "file"
        place = self._place(self._found.data, offset, length, path, counted_in)
        if counted_in == "part":
            return place
        return replace(place, offset_bytes=self._part.offset_bytes + offset)

    def _place(
        self, data: bytes, offset: int, length: int, path: str, counted_in: CountedIn
    ) -> BinaryPlace:
        shown = data[offset : offset + _SHOWN_BYTES]
        return BinaryPlace(self._path, offset, length, path, self._part, counted_in, shown)

    @cached_property
    def _annotation(self) -> Annotation:
        from mofkit.bmf.annotate import annotate_reading
        from mofkit.bmf.reading import read

        return annotate_reading(read(self._found.data), every_token=False)

    @property
    def _payload(self) -> Annotation | None:
        return self._annotation.payload

    @cached_property
    def _fields_of_payload(self) -> dict[int, Field]:
        return _first_fields(self._payload) if self._payload else {}

    @cached_property
    def _records(self) -> tuple[list[int], list[int]]:
        """For each item of the text that has a record: where it ends, and where the record is."""
        if self.bound is None or self._decoded is None:
            return [], []
        records: defaultdict[tuple[type, str], list[int]] = defaultdict(list)
        decoded = zip(self._decoded.schema.items, self._decoded.offsets_bytes, strict=True)
        for item, offset in reversed(list(decoded)):
            records[_key(item)].append(offset)
        pairs = [
            (item.origin.span.end, records[_key(item)].pop())
            for item in self.bound.schema.items
            if item.origin is not None and records[_key(item)]
        ]
        return [end for end, _ in pairs], [offset for _, offset in pairs]


def _first_fields(annotation: Annotation) -> dict[int, Field]:
    """Return offset → the first field that begins there."""
    return {field.offset_bytes: field for field in reversed(annotation.fields)}


def _key(item: SchemaItem) -> tuple[type, str]:
    name = item.class_name if isinstance(item, CimInstance) else item.name
    return type(item), name.lower()


def _problems(
    refused: Sequence[BinaryFormatError | BinaryWarning], warnings: Iterable[BinaryWarning]
) -> Iterator[BinaryFormatError | BinaryWarning]:
    """Yield what strict reading refuses, and what lenient reading warns of besides."""
    yield from refused
    said = set(refused)
    places = {(problem.offset_bytes, problem.path) for problem in refused}
    for odd in warnings:
        is_said = odd.code == "W-SKIPPED" and (odd.offset_bytes, odd.path) in places
        if odd not in said and not is_said:
            yield odd


def _refused(data: bytes) -> tuple[BinaryFormatError | BinaryWarning, ...]:
    """Return what strict reading refuses."""
    try:
        decode(data, strict=True)
    except IrregularError as error:
        return error.irregularities
    except BinaryFormatError as error:
        return (error,)
    return ()
