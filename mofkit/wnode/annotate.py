"""A WNODE for people to look at: what each byte is, down to the items of the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from mofkit.binary import Annotation, BinaryFormatError, BinaryWarning, Field
from mofkit.binary.field_budget import FieldBudget, quoted
from mofkit.binary.guid_text import guid_text
from mofkit.cim import CimClass, Schema
from mofkit.wnode.block import read_block
from mofkit.wnode.content import class_named, class_of_guid, data_layout
from mofkit.wnode.decoder import is_chain
from mofkit.wnode.enums import SEVERITY_MASK, TraceClock, WnodeFlag, flag_names
from mofkit.wnode.filetime import filetime_text
from mofkit.wnode.model import AllData, Wnode
from mofkit.wnode.reader import Allowance, WnodeReader
from mofkit.wnode.trace import Part, Seen, Trace

__all__ = ["annotate"]

_MAX_RAW_BYTES = 16  # of what has no type; the dump has them all anyway
_MAX_PADDING_BYTES = 7
_HEX_FIELDS = frozenset({"Flags", "HistoricalContext", "TimeStamp", "ProviderId"})


def annotate(
    data: bytes,
    *,
    schema: Schema | None = None,
    class_name: str | None = None,
    method_output: bool = False,
) -> Annotation:
    """Return what each byte of a WNODE is, or of a chain of WNODE_ALL_DATA that Linkage connects.

    Bytes that are not what they should be are explained as far as they could be read, and no more
    than a `FieldBudget` has. What several instances share is there once, with `also_paths`.

    Args:
        data: the buffer.
        schema: explains the data item by item, by the class whose guid the WNODE has.
        class_name: explains them by that class instead, in whatever namespace.
        method_output: whether the data of a WNODE_METHOD_ITEM are what the method returned.

    Raises:
        ValueError: there is no class of that name in the schema, or no schema.
    """
    cim_class = _class(schema, class_name)
    annotator = _Annotator(bytes(data), schema, cim_class, method_output=method_output)
    error = None
    try:
        annotator.run()
    except BinaryFormatError as found:
        error = found
    fields = annotator.fields()
    if error is None and not annotator.budget.left_out:
        fields += _gaps(annotator.data, fields, annotator.end)
        fields.sort(key=lambda field: field.offset_bytes)
    return Annotation(
        annotator.title,
        annotator.data,
        tuple(fields),
        tuple(annotator.warnings),
        error,
        annotator.budget.left_out,
    )


def _class(schema: Schema | None, class_name: str | None) -> CimClass | None:
    if class_name is None:
        return None
    found = class_named(schema, class_name) if schema is not None else None
    if found is None:
        raise ValueError(f"there is no class {class_name}")
    return found


@dataclass(slots=True)
class _Read:
    """A WNODE of the chain and what was seen of it."""

    trace: Trace
    data_fields: list[Seen]


class _Annotator:
    """Reads the WNODEs of a buffer."""

    def __init__(
        self,
        data: bytes,
        schema: Schema | None,
        cim_class: CimClass | None,
        *,
        method_output: bool,
    ) -> None:
        self.data = data
        self._class_name = ""
        self.warnings: list[BinaryWarning] = []
        self.end = 0
        self.budget = FieldBudget(len(data))
        self._block_budget = FieldBudget(len(data))
        self._schema = schema
        self._cim_class = cim_class
        self._method_output = method_output
        self._reads: list[_Read] = []

    def run(self) -> None:
        """Read everything.

        Raises:
            BinaryFormatError: the first fault; what was read until then is there.
        """
        leads_on = is_chain(self.data)
        allowance = Allowance(len(self.data))
        start: int | None = 0
        while start is not None:
            read = _Read(Trace(), [])
            self._reads.append(read)
            label = f"[{len(self._reads) - 1}]" if leads_on else ""
            reader = WnodeReader(self.data, start, label, read.trace, allowance)
            try:
                wnode = reader.wnode()
            except BinaryFormatError:
                self._add_raw(read)
                raise
            next_start = reader.check_linkage() if leads_on or isinstance(wnode, AllData) else None
            self.warnings += reader.warnings
            self.end = reader.end
            self._explain_data(wnode, read, start)
            start = next_start

    @property
    def title(self) -> str:
        """What the buffer is: the structure, and the class that explains its data."""
        first = next(iter(self._reads[0].trace.seen), None)
        name = first.path.partition(".")[0].partition("[")[0] if first else "WNODE_HEADER"
        return f"{name} of {self._class_name}" if self._class_name else name

    def fields(self) -> list[Field]:
        """Return the fields of what was read that the budget has room for, by offset."""
        found = self.budget.kept(self._distinct_fields())
        if self._block_budget.is_exhausted:
            self.budget.stop()
        found.sort(key=lambda field: field.offset_bytes)
        return found

    def _distinct_fields(self) -> Iterator[Field]:
        """Yield the fields WNODE by WNODE, those that instances share with all their paths."""
        for read in self._reads:
            flags = _flags(read.trace.seen)
            users: dict[tuple[int, int, str], tuple[Seen, list[str]]] = {}
            for seen in [*read.trace.seen, *read.data_fields]:
                place = seen.offset_bytes, seen.length_bytes, seen.type
                users.setdefault(place, (seen, []))[1].append(seen.path)
            for seen, (_, *others) in users.values():
                yield replace(_field(seen, flags), also_paths=tuple(others))

    def _explain_data(self, wnode: Wnode, read: _Read, start: int) -> None:
        cim_class = self._cim_class
        if cim_class is None and self._schema is not None:
            cim_class = class_of_guid(self._schema, wnode.header.guid)
        if cim_class is None or self._schema is None or not read.trace.parts:
            self._add_raw(read)
            return
        self._class_name = cim_class.name
        layout = data_layout(
            wnode,
            self._schema,
            cim_class,
            method_output=self._method_output,
            start_bytes=start,
        )
        trace = Trace(read.data_fields)
        for part in read.trace.parts:
            if isinstance(wnode, AllData) and not part.length_bytes:
                continue  # the driver could not query it
            # What overlaps could be read again and again.
            if not self._block_budget.take(part.length_bytes):
                return
            block = read_block(layout, self._bytes(part), part.offset_bytes, part.path, trace)
            self.warnings += block.warnings

    def _bytes(self, part: Part) -> bytes:
        return self.data[part.offset_bytes : part.offset_bytes + part.length_bytes]

    def _add_raw(self, read: _Read) -> None:
        for part in read.trace.parts:
            if data := self._bytes(part):
                place = part.offset_bytes, len(data), part.path
                read.data_fields.append(Seen(*place, f"UCHAR[{len(data)}]", data))


# -------------------------------------------------------------------------------------- the text


def _flags(seen: Iterable[Seen]) -> int:
    return next((s.value for s in seen if _last(s.path) == "Flags" and isinstance(s.value, int)), 0)


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _field(seen: Seen, flags: int) -> Field:
    is_ours = not seen.meaning and seen.type in {"ULONG", "ULONG64"}
    meaning = _meaning(_last(seen.path), seen.value, flags) if is_ours else seen.meaning
    value = _text(seen.value)
    if is_ours and isinstance(seen.value, int):
        value = _number(_last(seen.path), seen.value)
    return Field(seen.offset_bytes, seen.length_bytes, seen.path, seen.type, value, meaning)


def _number(name: str, value: int) -> str:
    is_offset = "Offset" in name or name in _HEX_FIELDS
    return f"{value:#x}" if is_offset else str(value)


def _meaning(name: str, value: object, flags: int) -> str:
    """Return what the value of a field of a WNODE says, where the value does not."""
    assert isinstance(value, int)
    has_static_names = bool(flags & WnodeFlag.STATIC_INSTANCE_NAMES)
    match name:
        case "Flags":
            return " | ".join([*flag_names(value), *_severity(value)])
        case "TimeStamp":
            return filetime_text(value)
        case "ClientContext" if value in {*TraceClock}:
            return TraceClock(value).name
        case "HistoricalContext" if flags & WnodeFlag.ALL_DATA and value:
            return f"Version {value & 0xFFFFFFFF}, Linkage {value >> 32}"
        case "OffsetInstanceName" | "OffsetInstanceNameOffsets" if has_static_names:
            return "no meaning: names are static"
        case "InstanceIndex" if not has_static_names:
            return "no meaning: the name is dynamic"
        case "DataBlockOffset" if _is_variable(flags):
            return "no meaning: each instance has its own"
        case _:
            return ""


def _is_variable(flags: int) -> bool:
    return bool(flags & WnodeFlag.ALL_DATA) and not flags & WnodeFlag.FIXED_INSTANCE_SIZE


def _severity(flags: int) -> list[str]:
    severity = (flags & SEVERITY_MASK) >> 24
    return [f"severity {severity}"] if severity else []


def _text(value: object) -> str:
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return quoted(value)
        case UUID():
            return guid_text(value)
        case bytes():
            more = " …" if len(value) > _MAX_RAW_BYTES else ""
            return value[:_MAX_RAW_BYTES].hex(" ") + more
        case list():
            return f"[{', '.join(map(_text, value))}]"
        case _:
            return str(value)


def _gaps(data: bytes, fields: Sequence[Field], end: int) -> list[Field]:
    """Return what lies between the fields; `end` is where the last WNODE ends."""
    spans = [(field.offset_bytes, field.offset_bytes + field.length_bytes) for field in fields]
    return [
        Field(
            start,
            stop - start,
            _gap_name(start, stop, end),
            f"UCHAR[{stop - start}]",
            _text(data[start:stop]),
        )
        for start, stop in _uncovered([*spans, (end, end), (len(data), len(data))])
    ]


def _uncovered(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    covered = 0
    for start, stop in sorted(spans):
        if start > covered:
            yield covered, start
        covered = max(covered, stop)


def _gap_name(start: int, stop: int, end: int) -> str:
    if start >= end:
        return "(behind BufferSize)"
    return "(padding)" if stop - start <= _MAX_PADDING_BYTES else "(unused)"
